// data.yaml: what a YOLO dataset is made of, in the form that Ultralytics reads
// (https://docs.ultralytics.com/datasets/detect/, /segment/ and /pose/).

import { phrase } from '../../phrase.ts';
import { numberFromText } from '../numbers.ts';
import { badInput, shown } from '../text-file.ts';
import { parseYaml, type YamlValue, yamlString } from './yaml.ts';

export const splitNames = ['train', 'val', 'test'] as const;

export type SplitName = (typeof splitNames)[number];

export interface DataYaml {
  /** Of the classes, by index. */
  names: string[];
  /** Folder that the splits are relative to. Often one of the machine where the dataset was made. */
  path?: string;
  /** Folders or lists of pictures. Splits that are not there are missing. */
  splits: Map<SplitName, string[]>;
  /** Keypoints an object has, and numbers a keypoint has (2, or 3 with visibility). */
  keypointShape?: { count: number; dimensions: 2 | 3 };
  /** Index of each keypoint's mirror image. */
  flipIndex?: number[];
  /** Keypoint names by class index. */
  keypointNames?: Map<number, string[]>;
}

/** @throws CocoError `bad-format-input` where a field cannot be what Ultralytics takes it for. */
export function parseDataYaml(text: string, where: string): DataYaml {
  const root = parseYaml(text, where);
  if (!(root instanceof Map))
    throw badInput(where, phrase`names and splits`, phrase`no map of keys`);
  const names = parseNames(root.get('names'), root.get('nc'), where);
  return {
    names,
    path: scalarOf(root.get('path'), 'path', where),
    splits: new Map(
      splitNames.flatMap((name) => {
        const key = name === 'val' && !root.has('val') ? 'validation' : name;
        const entries = entriesOf(root.get(key), key, where);
        return entries.length > 0 ? [[name, entries] as const] : [];
      }),
    ),
    keypointShape: parseKeypointShape(root.get('kpt_shape'), where),
    flipIndex: parseFlipIndex(root.get('flip_idx'), where),
    keypointNames: parseKeypointNames(root.get('kpt_names'), names.length, where),
  };
}

/** Whether a file starts like a data.yaml; any other YAML may lie beside it. */
export function looksLikeDataYaml(start: string): boolean {
  return /^\s*(?:["']?(?:names|nc)["']?\s*:|\{)/m.test(start);
}

function parseNames(
  value: YamlValue | undefined,
  nc: YamlValue | undefined,
  where: string,
): string[] {
  const count = typeof nc === 'string' ? indexFromText(nc) : undefined;
  if (nc !== undefined && nc !== null && count === undefined) {
    throw badInput(`${where} nc`, phrase`the number of classes`, shown(nc));
  }
  if (value === undefined || value === null) {
    if (count === undefined || count > 100_000) {
      throw badInput(`${where} names`, phrase`the names of the classes`, phrase`none`);
    }
    return Array.from({ length: count }, (_, index) => `class_${index}`);
  }
  const names = value instanceof Map ? namesOfMap(value, where) : value;
  if (!Array.isArray(names)) {
    throw badInput(`${where} names`, phrase`a list or map of names`, shown(value));
  }
  if (count !== undefined && count !== names.length) {
    throw badInput(`${where} nc`, phrase`${names.length}, the number of names`, String(count));
  }
  return names.map((name, index) => {
    // YAML's null is a class that somebody called null.
    if (name === null) return 'null';
    if (typeof name === 'string') return name;
    throw badInput(`${where} names[${index}]`, phrase`a name`, phrase`a list or map`);
  });
}

function namesOfMap(map: Map<string, YamlValue>, where: string): YamlValue[] {
  const names: YamlValue[] = new Array(map.size);
  for (const [key, name] of map) {
    const index = indexFromText(key);
    if (index === undefined || index >= map.size) {
      throw badInput(`${where} names`, phrase`class indices from 0 to ${map.size - 1}`, shown(key));
    }
    names[index] = name;
  }
  return names;
}

function entriesOf(value: YamlValue | undefined, key: string, where: string): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((entry) => {
    if (typeof entry === 'string') return entry;
    throw badInput(
      `${where} ${key}`,
      phrase`a folder, a list of pictures (.txt), or several`,
      phrase`a map`,
    );
  });
}

function parseKeypointShape(
  value: YamlValue | undefined,
  where: string,
): DataYaml['keypointShape'] {
  if (value === undefined || value === null) return undefined;
  const [count, dimensions] = Array.isArray(value) ? value.map(indexOf) : [];
  if (
    count === undefined ||
    count < 1 ||
    count > 10_000 ||
    (dimensions !== 2 && dimensions !== 3)
  ) {
    throw badInput(`${where} kpt_shape`, phrase`[number of keypoints, 2 or 3]`, shownNode(value));
  }
  return { count, dimensions };
}

function parseFlipIndex(value: YamlValue | undefined, where: string): number[] | undefined {
  if (value === undefined || value === null) return undefined;
  const indices = Array.isArray(value) ? value.map(indexOf) : [undefined];
  if (!indices.every((index) => index !== undefined)) {
    throw badInput(`${where} flip_idx`, phrase`a list of keypoint indices`, shownNode(value));
  }
  return indices;
}

/** A map of class index → names, or one list for all classes. */
function parseKeypointNames(
  value: YamlValue | undefined,
  classCount: number,
  where: string,
): DataYaml['keypointNames'] {
  if (value === undefined || value === null) return undefined;
  const byClass = new Map<number, string[]>();
  const lists = value instanceof Map ? [...value] : [];
  if (Array.isArray(value)) {
    for (let index = 0; index < classCount; index++) lists.push([String(index), value]);
  }
  for (const [key, names] of lists) {
    const index = indexFromText(key);
    const isNames = Array.isArray(names) && names.every((name) => typeof name === 'string');
    if (index === undefined || !isNames) {
      throw badInput(
        `${where} kpt_names`,
        phrase`a list of names for each class index`,
        shown(key),
      );
    }
    byClass.set(index, names as string[]);
  }
  return byClass;
}

function scalarOf(value: YamlValue | undefined, key: string, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw badInput(`${where} ${key}`, phrase`one text`, shownNode(value));
}

function indexOf(value: YamlValue): number | undefined {
  return typeof value === 'string' ? indexFromText(value) : undefined;
}

/** A whole number from 0 on. */
export function indexFromText(text: string): number | undefined {
  const number = numberFromText(text);
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number + 0 : undefined;
}

function shownNode(value: YamlValue): string {
  return value instanceof Map ? 'a map' : shown(value);
}

/** The text of a data.yaml. `path` is left out: Ultralytics then takes the file's own folder. */
export function dataYamlText(data: DataYaml): string {
  const lines: string[] = [];
  for (const name of splitNames) {
    const entries = data.splits.get(name);
    if (entries !== undefined) lines.push(`${name}: ${entries.join(', ')}`);
  }
  const { keypointShape, keypointNames, flipIndex } = data;
  if (keypointShape !== undefined) {
    lines.push(`kpt_shape: [${keypointShape.count}, ${keypointShape.dimensions}]`);
  }
  if (flipIndex !== undefined) lines.push(`flip_idx: [${flipIndex.join(', ')}]`);
  lines.push(data.names.length === 0 ? 'names: []' : 'names:');
  data.names.forEach((name, index) => {
    lines.push(`  ${index}: ${yamlString(name)}`);
  });
  if (keypointNames !== undefined) {
    lines.push(keypointNames.size === 0 ? 'kpt_names: {}' : 'kpt_names:');
    for (const [index, names] of keypointNames) {
      lines.push(`  ${index}: [${names.map(yamlString).join(', ')}]`);
    }
  }
  return `${lines.join('\n')}\n`;
}
