// The labelling interface that shows what `write.ts` writes (https://labelstud.io/tags): pasted into a project's settings
// before the tasks are imported.

import type { CocoCategory } from '../../types.ts';
import { writeXml, type XmlNode } from '../xml/write.ts';

/** Names of the controls, which results refer to. */
export const controls = {
  image: 'image',
  rectangle: 'rectangle',
  polygon: 'polygon',
  brush: 'brush',
  keypoint: 'keypoint',
  label: 'label',
  caption: 'caption',
} as const;

/** A control for something that is said of regions. */
export interface RegionControl {
  name: string;
  kind: 'textarea' | 'number' | 'choices';
  /** Of choices. */
  options: readonly string[];
}

export function labelConfigText(
  categories: readonly CocoCategory[],
  keypointNames: readonly string[],
  regionControls: readonly RegionControl[],
): string {
  const names = categories.map(({ name }) => name);
  const toName = controls.image;
  const valued = (tag: string, values: readonly string[]): XmlNode[] => {
    return values.map((value) => ({ name: tag, attributes: { value } }));
  };
  const labels = (name: string, control: string): XmlNode => {
    return { name, attributes: { name: control, toName }, children: valued('Label', names) };
  };
  const children: XmlNode[] = [
    { name: 'Image', attributes: { name: toName, value: '$image' } },
    labels('RectangleLabels', controls.rectangle),
    labels('PolygonLabels', controls.polygon),
    labels('BrushLabels', controls.brush),
    {
      name: 'KeyPointLabels',
      attributes: { name: controls.keypoint, toName },
      children: valued('Label', [...new Set([...keypointNames, ...names])]),
    },
    {
      name: 'Choices',
      attributes: { name: controls.label, toName, choice: 'multiple' },
      children: valued('Choice', names),
    },
    { name: 'TextArea', attributes: { name: controls.caption, toName, maxSubmissions: 10 } },
    ...regionControls.map(regionControl),
  ];
  return writeXml({ name: 'View', children });
}

const tagOfKind = { textarea: 'TextArea', number: 'Number', choices: 'Choices' } as const;

function regionControl({ name, kind, options }: RegionControl): XmlNode {
  return {
    name: tagOfKind[kind],
    attributes: { name, toName: controls.image, perRegion: 'true' },
    children: options.map((value) => ({ name: 'Choice', attributes: { value } })),
  };
}
