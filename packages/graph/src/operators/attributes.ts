// Between a node's attributes as ONNX keeps them and the plain values that rules and callers use.

import { type ElementType, elementTypeOfCode, elementTypes } from '../ir/element-type.ts';
import type { Attribute } from '../ir/graph.ts';
import { badNode } from './operator.ts';
import {
  type AttributeKind,
  type AttributeSpec,
  type AttributesOf,
  type OperatorName,
  type Signature,
  signatures,
} from './signatures.ts';

type Encoded = Attribute['kind'];
const encodedKind: Record<AttributeKind, Encoded> = {
  int: 'int',
  float: 'float',
  string: 'string',
  ints: 'ints',
  floats: 'floats',
  tensor: 'tensor',
  elementType: 'int',
};

/**
 * The attributes of a node as its rules see them. Attributes that this package does not know are refused: they would
 * change what the node does.
 *
 * @throws GraphError `bad-node`
 */
export function decodeAttributes<K extends OperatorName>(
  operator: K,
  attributes: Readonly<Record<string, Attribute>>,
  where: string,
): AttributesOf<K> {
  const specs: Readonly<Record<string, AttributeSpec>> = (signatures[operator] as Signature)
    .attributes;
  for (const name of Object.keys(attributes)) {
    if (Object.hasOwn(specs, name)) continue;
    const known = Object.keys(specs).join(', ') || 'no attributes';
    badNode(where, `attributes that ${operator} has (${known})`, name);
  }
  const values = Object.entries(specs).map(([name, spec]) => {
    const attribute = attributes[name];
    if (attribute === undefined) {
      if (spec.presence === 'required') badNode(where, `attribute ${name}`, 'none');
      return [name, spec.fallback];
    }
    if (attribute.kind !== encodedKind[spec.kind]) {
      badNode(where, `${name} of kind ${encodedKind[spec.kind]}`, attribute.kind);
    }
    if (spec.kind !== 'elementType') return [name, attribute.value];
    const type = elementTypeOfCode(attribute.value as number);
    return [name, type ?? badNode(where, 'a supported element type', `number ${attribute.value}`)];
  });
  return Object.fromEntries(values) as AttributesOf<K>;
}

/** Attributes as a node keeps them; those that say what leaving them out says are left out. */
export function encodeAttributes(
  operator: OperatorName,
  given: Readonly<Record<string, unknown>>,
  where: string,
): Record<string, Attribute> {
  const specs: Readonly<Record<string, AttributeSpec>> = (signatures[operator] as Signature)
    .attributes;
  const encoded: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(specs, name)
      ? specs[name]
      : badNode(where, `attributes that ${operator} has`, name);
    if (value === undefined || value === spec.fallback) continue;
    encoded[name] =
      spec.kind === 'elementType'
        ? { kind: 'int', value: elementTypes[value as ElementType].code }
        : ({ kind: spec.kind, value } as Attribute);
  }
  return encoded;
}
