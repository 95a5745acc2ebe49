// Files of Pascal VOC in the words of its tests: objects in one picture.

import type { CocoDataset } from '../../../types.ts';
import { memoryTree, wholeText } from '../../memory-tree.ts';
import { voc } from '../voc.ts';

export const size = { width: 640, height: 480 };

export const sizeXml = '<size><width>640</width><height>480</height><depth>3</depth></size>';

export const boxXml =
  '<bndbox><xmin>10</xmin><ymin>20.5</ymin><xmax>110</xmax><ymax>60.5</ymax></bndbox>';

/** A tree of XML files, and pictures of 640 × 480 for every other path. */
export function treeOf(files: Record<string, string>) {
  const pictures = Object.keys(files).filter((path) => !/\.(xml|txt)$/.test(path));
  return memoryTree(new Map(Object.entries(files)), new Map(pictures.map((path) => [path, size])));
}

export function annotationXml(filename: string, objects = ''): string {
  return `<annotation><filename>${filename}</filename>${sizeXml}${objects}</annotation>`;
}

export function objectXml(inner: string, name = 'cat'): string {
  return `<object><name>${name}</name>${inner}</object>`;
}

export async function filesOf(dataset: CocoDataset): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const file of voc.write(dataset).files) {
    files.set(file.path, 'text' in file ? await wholeText(file.text) : '');
  }
  return files;
}
