// The keypoints of a category while they are edited: points keep their identity whatever their order and name, so that
// edges, pairs and the points of objects go with them. Pure.

import type { Category } from '@migaki/api';

/** Parts of the width and height of a box around the object, from its top left. */
export type Position = readonly [x: number, y: number];

export interface Keypoint {
  /** Stays while everything else changes. */
  key: string;
  name: string;
  /** Which keypoint of the category it was before, counted from 0. */
  source: number | null;
  position: Position;
  /** Key of the one that it becomes in a mirrored picture; null where it lies on the axis. */
  mirror: string | null;
}

export interface KeypointDefinition {
  points: readonly Keypoint[];
  /** Keys of two points. */
  edges: readonly (readonly [from: string, to: string])[];
}

export type KeypointFields = Pick<
  Category,
  'keypoints' | 'skeleton' | 'flipIndex' | 'keypointPositions'
>;

/** `n` points around an oval, the first on top. */
export function ovalPosition(index: number, count: number): Position {
  const angle = (index / Math.max(1, count)) * 2 * Math.PI - Math.PI / 2;
  return [0.5 + 0.4 * Math.cos(angle), 0.5 + 0.4 * Math.sin(angle)];
}

/** @param usual where points lie that the category has no position for */
export function definitionOf(
  { keypoints, skeleton, flipIndex, keypointPositions }: KeypointFields,
  usual: readonly (Position | null)[] = [],
): KeypointDefinition {
  const names = keypoints ?? [];
  const keyOf = (index: number) => `was-${index}`;
  return {
    points: names.map((name, index) => {
      const mirror = flipIndex?.[index] ?? index;
      return {
        key: keyOf(index),
        name,
        source: index,
        position: keypointPositions?.[index] ?? usual[index] ?? ovalPosition(index, names.length),
        mirror: mirror === index || mirror >= names.length ? null : keyOf(mirror),
      };
    }),
    edges: (skeleton ?? [])
      .filter((edge) => edge.every((end) => end >= 1 && end <= names.length))
      .map(([from, to]) => [keyOf(from - 1), keyOf(to - 1)]),
  };
}

/** As the category holds it, and where each point was before. */
export function fieldsOf({ points, edges }: KeypointDefinition): KeypointFields & {
  keypointSources: (number | null)[];
} {
  const keypointSources = points.map(({ source }) => source);
  if (points.length === 0) {
    return {
      keypoints: null,
      skeleton: null,
      flipIndex: null,
      keypointPositions: null,
      keypointSources,
    };
  }
  const indexOf = new Map(points.map(({ key }, index) => [key, index]));
  const rounded = (part: number) => Math.round(part * 1000) / 1000;
  return {
    keypoints: points.map(({ name }) => name.trim()),
    skeleton: edges.map(([from, to]) => [indexOf.get(from)! + 1, indexOf.get(to)! + 1]),
    flipIndex: points.some(({ mirror }) => mirror !== null)
      ? points.map(({ mirror }, index) => (mirror === null ? index : indexOf.get(mirror)!))
      : null,
    keypointPositions: points.map(({ position: [x, y] }) => [rounded(x), rounded(y)]),
    keypointSources,
  };
}

/** Two points are told apart, and taken hold of, from here on. Part of the box. */
const apart = 0.1;
const aroundRing = Array.from({ length: 12 }, (_, index) => ovalPosition(index, 12));
const throughout = Array.from(
  { length: 21 * 21 },
  (_, index): Position => [(index % 21) / 20, Math.floor(index / 21) / 20],
);

/** Where a new point is seen beside the others: on a ring, clockwise; where that is full, as far from all as can be. */
function freePosition(points: readonly Keypoint[]): Position {
  const room = ([x, y]: Position) =>
    Math.min(...points.map(({ position }) => Math.hypot(x - position[0], y - position[1])));
  return (
    aroundRing.find((position) => room(position) >= apart) ??
    throughout.reduce((best, position) => (room(position) > room(best) ? position : best))
  );
}

/** The new point is the last one. */
export function addPoint(definition: KeypointDefinition, name: string): KeypointDefinition {
  const { points } = definition;
  const point: Keypoint = {
    key: `new-${1 + Math.max(0, ...points.map(({ key }) => Number(/^new-(\d+)$/.exec(key)?.[1] ?? 0)))}`,
    name,
    source: null,
    position: freePosition(points),
    mirror: null,
  };
  return { ...definition, points: [...points, point] };
}

export function removePoint(definition: KeypointDefinition, key: string): KeypointDefinition {
  return {
    points: setMirror(definition, key, null).points.filter((point) => point.key !== key),
    edges: definition.edges.filter((edge) => !edge.includes(key)),
  };
}

export function changePoint(
  definition: KeypointDefinition,
  key: string,
  changed: Partial<Pick<Keypoint, 'name' | 'position'>>,
): KeypointDefinition {
  return {
    ...definition,
    points: definition.points.map((point) =>
      point.key === key ? { ...point, ...changed } : point,
    ),
  };
}

/** Puts a point `steps` places further down, or up. */
export function movePoint(
  definition: KeypointDefinition,
  key: string,
  steps: number,
): KeypointDefinition {
  const from = definition.points.findIndex((point) => point.key === key);
  const to = Math.min(definition.points.length - 1, Math.max(0, from + steps));
  const points = definition.points.filter((point) => point.key !== key);
  return { ...definition, points: points.toSpliced(to, 0, definition.points[from]) };
}

/** Draws the edge between two points, or takes it away. */
export function toggleEdge(
  definition: KeypointDefinition,
  from: string,
  to: string,
): KeypointDefinition {
  if (from === to) return definition;
  const others = definition.edges.filter((edge) => !(edge.includes(from) && edge.includes(to)));
  const isThere = others.length < definition.edges.length;
  return { ...definition, edges: isThere ? others : [...others, [from, to]] };
}

/** Makes two points left and right of each other; what either was paired with before is on the axis then. */
export function setMirror(
  definition: KeypointDefinition,
  key: string,
  mirror: string | null,
): KeypointDefinition {
  return {
    ...definition,
    points: definition.points.map((point) => {
      if (point.key === key) return { ...point, mirror };
      if (point.key === mirror) return { ...point, mirror: key };
      return point.mirror === key || (mirror !== null && point.mirror === mirror)
        ? { ...point, mirror: null }
        : point;
    }),
  };
}

const sides: readonly [left: RegExp, right: string][] = [
  [/left/i, 'right'],
  [/(^|[^a-z])l([^a-z]|$)/i, '$1r$2'],
  [/左/, '右'],
];

/**
 * Pairs points whose names differ in left and right alone: `left_eye` and `right_eye`, `L ankle` and `R ankle`, 左目 and 右目.
 */
export function pairByName(definition: KeypointDefinition): KeypointDefinition {
  const byName = new Map(
    definition.points.map((point) => [point.name.trim().toLowerCase(), point]),
  );
  let paired = definition;
  for (const { key, name } of definition.points) {
    for (const [left, right] of sides) {
      const other = byName.get(name.trim().toLowerCase().replace(left, right));
      if (other !== undefined && other.key !== key) paired = setMirror(paired, key, other.key);
    }
  }
  return paired;
}
