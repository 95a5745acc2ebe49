// A file of CVAT in the words of its tests: shapes in one picture.

import assert from 'node:assert/strict';
import type { CocoDataset } from '../../../types.ts';
import { memoryTree, wholeText } from '../../memory-tree.ts';
import { cvat } from '../cvat.ts';

export const size = { width: 640, height: 480 };

export const meta = `<meta><task><id>4</id><name>Cells</name><size>1</size><mode>annotation</mode>
  <bugtracker></bugtracker><labels>
    <label><name>car</name><color>#c06060</color><type>any</type><attributes>
      <attribute><name>parked</name><mutable>False</mutable><input_type>checkbox</input_type><default_value>false</default_value><values>false</values></attribute>
      <attribute><name>doors</name><mutable>False</mutable><input_type>number</input_type><default_value></default_value><values></values></attribute>
      <attribute><name>plate</name><mutable>False</mutable><input_type>text</input_type><default_value></default_value><values></values></attribute>
    </attributes></label>
    <label><name>人</name><type>skeleton</type><attributes></attributes><svg>
      &lt;line x1="1" y1="1" x2="2" y2="2" data-type="edge" data-node-from="1" data-node-to="2"&gt;&lt;/line&gt;
      &lt;circle r="1.5" cx="1" cy="1" data-type="element node" data-element-id="1" data-node-id="1" data-label-name="nose"&gt;&lt;/circle&gt;
      &lt;circle r="1.5" cx="2" cy="2" data-type="element node" data-element-id="2" data-node-id="2" data-label-name="eye"&gt;&lt;/circle&gt;</svg></label>
    <label><name>nose</name><type>points</type><attributes></attributes><parent>人</parent></label>
    <label><name>eye</name><type>points</type><attributes></attributes><parent>人</parent></label>
  </labels></task></meta>`;

/** annotations.xml with the shapes in one picture of 640 × 480. */
export function annotationsXml(shapes: string, metaXml = meta): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version>${metaXml}
<image id="0" name="a.jpg" width="640" height="480">
${shapes}
</image></annotations>`;
}

export function treeOf(files: Record<string, string>) {
  return memoryTree(
    new Map(Object.entries(files)),
    new Map(Object.keys(files).map((path) => [path, size])),
  );
}

export async function readShapes(shapes: string, metaXml?: string) {
  return await cvat.read(treeOf({ 'annotations.xml': annotationsXml(shapes, metaXml) }));
}

/** What is left of an annotation without the fields that every one has. */
export async function readOne(shape: string, metaXml?: string) {
  const { dataset, losses } = await readShapes(shape, metaXml);
  assert.equal(dataset.annotations.length, 1);
  const { id, image_id, category_id, iscrowd, ...annotation } = dataset.annotations[0];
  return { annotation, losses, category: dataset.categories[category_id - 1] };
}

export async function textOf(dataset: CocoDataset): Promise<string> {
  for (const file of cvat.write(dataset).files) {
    if ('text' in file) return await wholeText(file.text);
  }
  throw new Error('no annotations.xml was written');
}

export const goodBox = '<box label="car" xtl="0" ytl="0" xbr="2" ybr="3"/>';

export const outline = (points: string, group: number, label = 'car') =>
  `<polygon label="${label}" source="manual" occluded="0" points="${points}" z_order="0" group_id="${group}"/>`;
