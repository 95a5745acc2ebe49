// The drawing in which CVAT keeps a skeleton: a circle for each keypoint, a line for each edge.

import type { XmlElement } from '../xml/parse.ts';
import { parseXml } from '../xml/parse.ts';
import { writeXml } from '../xml/write.ts';

export interface Skeleton {
  keypoints: string[];
  /** Counted from 1, as in COCO. */
  edges: [from: number, to: number][];
}

/**
 * @param known Names of the keypoints in their order, where the label lists them.
 * @throws CocoError `bad-format-input` for text that is no SVG.
 */
export function skeletonFromSvg(svg: string, known: readonly string[]): Skeleton {
  const root = parseXml(new TextEncoder().encode(`<svg>${svg}</svg>`), '<svg>');
  const circles = descendants(root, 'circle');
  const nameOfNode = new Map<string, string>();
  for (const circle of circles) {
    const node = circle.attributes.get('data-node-id');
    const name = circle.attributes.get('data-label-name');
    if (node !== undefined && name !== undefined) nameOfNode.set(node, name);
  }
  const keypoints = known.length > 0 ? [...known] : [...nameOfNode.values()];
  const indexOf = (node: string | undefined) => keypoints.indexOf(nameOfNode.get(node ?? '') ?? '');
  const edges = descendants(root, 'line').map((line): [number, number] => [
    indexOf(line.attributes.get('data-node-from')) + 1,
    indexOf(line.attributes.get('data-node-to')) + 1,
  ]);
  return { keypoints, edges: edges.filter(([from, to]) => from > 0 && to > 0) };
}

/** The keypoints on a ring, since COCO does not say how a skeleton should be drawn. */
export function svgOfSkeleton({ keypoints, edges }: Skeleton): string {
  const places = keypoints.map((_, index) => {
    const angle = (2 * Math.PI * index) / keypoints.length;
    return [50 + 40 * Math.sin(angle), 50 - 40 * Math.cos(angle)].map((value) => value.toFixed(2));
  });
  const lines = edges.map(([from, to]) => ({
    name: 'line',
    attributes: {
      x1: places[from - 1][0],
      y1: places[from - 1][1],
      x2: places[to - 1][0],
      y2: places[to - 1][1],
      'data-type': 'edge',
      'data-node-from': from,
      'data-node-to': to,
    },
  }));
  const circles = keypoints.map((name, index) => ({
    name: 'circle',
    attributes: {
      r: '0.75',
      cx: places[index][0],
      cy: places[index][1],
      'data-type': 'element node',
      'data-element-id': index + 1,
      'data-node-id': index + 1,
      'data-label-name': name,
    },
  }));
  return [...lines, ...circles].map((node) => writeXml(node).trimEnd()).join('');
}

function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) =>
    child.name === name ? [child] : descendants(child, name),
  );
}
