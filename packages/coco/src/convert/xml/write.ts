// Writes XML 1.0 that every parser reads back to the same text: line ends and tabs, which parsers
// would normalise, go out as numeric references.

import { withoutForbidden } from './characters.ts';

/** An element to be written: children or text, not both. */
export interface XmlNode {
  name: string;
  attributes?: Readonly<Record<string, string | number>>;
  children?: readonly XmlNode[];
  text?: string | number;
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** `text` escaped for the inside of an element. What XML cannot hold at all becomes U+FFFD. */
export function escapeXmlText(text: string): string {
  return withoutForbidden(text).replace(/[&<>\r]/g, (character) => ESCAPES[character]!);
}

/** `text` escaped for an attribute in double quotes. What XML cannot hold at all becomes U+FFFD. */
export function escapeXmlAttribute(text: string): string {
  return withoutForbidden(text).replace(/[&<>"\r\n\t]/g, (character) => ESCAPES[character]!);
}

/**
 * An element as indented text, one line end after it. Names must be names of XML; values may be anything.
 *
 * @example writeXml({ name: 'size', children: [{ name: 'width', text: 640 }] })
 *   // <size>
 *   //   <width>640</width>
 *   // </size>
 */
export function writeXml(node: XmlNode, indent = ''): string {
  let tag = `${indent}<${node.name}`;
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    tag += ` ${name}="${escapeXmlAttribute(String(value))}"`;
  }
  if (node.children !== undefined && node.children.length > 0) {
    const inner = node.children.map((child) => writeXml(child, `${indent}  `)).join('');
    return `${tag}>\n${inner}${indent}</${node.name}>\n`;
  }
  const text = node.text === undefined ? '' : escapeXmlText(String(node.text));
  return text === '' ? `${tag}/>\n` : `${tag}>${text}</${node.name}>\n`;
}
