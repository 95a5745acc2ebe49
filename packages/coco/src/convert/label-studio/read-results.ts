// What the results of one annotation say together: regions with labels, keypoints and findings, and findings on the
// whole picture.

import { phrase } from '../../phrase.ts';
import type { CocoImage } from '../../types.ts';
import { unnamedCategory } from '../conventions.ts';
import type { DatasetBuilder, NewShape } from '../dataset-builder.ts';
import type { KeypointCollector } from '../keypoint-names.ts';
import { sensibleNumber } from '../numbers.ts';
import { badInput, objectOf, shown } from '../text-file.ts';
import { type RegionShape, type Result, readRegion, regionKind } from './regions.ts';

/** Where results are put. */
export interface Reading {
  builder: DatasetBuilder;
  keypoints: KeypointCollector;
}

/**
 * One entry of a `result` list; `relation` for the arrows that people draw between regions.
 *
 * @param score What the result has where it does not say itself.
 * @throws CocoError `bad-format-input` for an entry that is none.
 */
export function readResult(
  value: unknown,
  where: string,
  score: number | undefined,
): Result | 'relation' {
  const result = objectOf(value);
  if (result?.type === 'relation') return 'relation';
  const content = objectOf(result?.value);
  if (result === undefined || content === undefined || typeof result.type !== 'string') {
    throw badInput(where, phrase`a result with type and value`, shown(value));
  }
  const rotation = result.image_rotation ?? 0;
  if (rotation !== 0) {
    throw badInput(
      where,
      phrase`a picture that was not turned (image_rotation 0)`,
      shown(rotation),
    );
  }
  return {
    where,
    id: idOf(result.id),
    parentId: idOf(result.parentID),
    type: result.type,
    fromName: String(result.from_name ?? result.type),
    value: content,
    score: sensibleNumber(result.score) ?? score,
  };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** All that was said of one region. */
interface Region {
  /** The result that has the geometry. */
  result: Result;
  shape: RegionShape;
  /** The first one counts. */
  labels: string[];
  attributes: Record<string, unknown>;
  points: Region[];
}

/** Adds what the results say to the picture. */
export function addResults(reading: Reading, image: CocoImage, results: readonly Result[]): void {
  const { builder } = reading;
  const regions = regionsOf(reading, image, results);
  const byId = new Map<string | undefined, Region>();
  for (const region of regions.values()) {
    if (region.result.id !== undefined && !byId.has(region.result.id))
      byId.set(region.result.id, region);
  }
  for (const result of results) {
    const region = regions.get(result) ?? byId.get(result.id);
    const labels = labelsOf(result);
    if (labels !== undefined && region !== undefined)
      addLabels(builder, region, labels, result.where);
    else if (regionKind(result.type) === undefined) addFinding(reading, image, result, region);
  }
  const parts = new Set<Region>();
  for (const region of regions.values()) {
    const parent = byId.get(region.result.parentId);
    if (region.shape.kind !== 'keypoint' || parent?.shape.kind !== 'shape') continue;
    parent.points.push(region);
    parts.add(region);
  }
  for (const region of regions.values()) {
    if (!parts.has(region)) builder.attempt(() => addRegion(reading, image, region));
  }
}

/** By the results that have their geometry; each control tag repeats it. */
function regionsOf(
  { builder }: Reading,
  image: CocoImage,
  results: readonly Result[],
): Map<Result, Region> {
  const regions = new Map<Result, Region>();
  const typeOfId = new Map<string, string>();
  for (const result of results) {
    const kind = regionKind(result.type);
    const { id } = result;
    const knownType = id === undefined ? undefined : typeOfId.get(id);
    // The same type again is a region that was given the id of another.
    if (kind === undefined || (knownType !== undefined && knownType !== result.type)) continue;
    const shape = builder.attempt(() => readRegion(kind, result, image, builder.losses));
    if (shape === undefined) continue;
    if (id !== undefined) typeOfId.set(id, result.type);
    const attributes = 'rotation' in shape ? { rotation: shape.rotation } : {};
    regions.set(result, { result, shape, labels: [], attributes, points: [] });
  }
  return regions;
}

function addLabels(
  { losses }: DatasetBuilder,
  region: Region,
  labels: string[],
  where: string,
): void {
  const others = labels.filter((label) => !region.labels.includes(label));
  region.labels.push(...others);
  const surplus = Math.min(others.length, region.labels.length - 1);
  if (surplus > 0) losses.add('several-labels', where, surplus);
}

/** The categories that a result gives its region, undefined for one that gives none. */
function labelsOf({ type, value }: Result): string[] | undefined {
  if (type !== 'labels' && !(type.endsWith('labels') && regionKind(type) !== undefined))
    return undefined;
  const labels = value[type] ?? value.labels;
  return Array.isArray(labels) ? labels.filter((label) => typeof label === 'string') : [];
}

/** Choices, texts and numbers: of a region where it has one, else of the picture. */
function addFinding(
  { builder }: Reading,
  image: CocoImage,
  result: Result,
  region: Region | undefined,
): void {
  const { fromName, type, value, where } = result;
  const found = findingOf(type, value);
  if (found === undefined) {
    const feature = type.startsWith('bitmask')
      ? 'masks'
      : region !== undefined
        ? 'attributes'
        : 'shapes';
    builder.losses.add(feature, `${where}: ${type}`);
  } else if (region !== undefined) {
    region.attributes[fromName] = attributeOf(type, found);
  } else if (type === 'choices') {
    for (const choice of found) {
      const category_id = builder.categories.named(String(choice)).id;
      const { score } = result;
      builder.addAnnotation(image, { category_id, ...(score !== undefined && { score }) }, where);
    }
  } else if (type === 'textarea') {
    for (const text of found) builder.addCaption(image, String(text));
  } else {
    builder.losses.add('image-details', `${where}: ${fromName}`);
  }
}

/** What a control found, as a list; undefined for controls that this package knows nothing of. */
function findingOf(type: string, value: Record<string, unknown>): (string | number)[] | undefined {
  const found = type === 'textarea' ? value.text : value[type];
  if (type === 'number' || type === 'rating') {
    return typeof found === 'number' ? [found] : undefined;
  }
  if (type !== 'choices' && type !== 'textarea') return undefined;
  const list = Array.isArray(found) ? found : [found];
  return list.every((entry) => typeof entry === 'string') ? list : undefined;
}

/** One answer is that answer, several are a list; the choices true and false are meant as such. */
function attributeOf(type: string, found: (string | number)[]): unknown {
  if (found.length !== 1) return found;
  if (type === 'choices' && (found[0] === 'true' || found[0] === 'false'))
    return found[0] === 'true';
  return found[0];
}

function labelOf({ labels }: Region): string {
  return labels[0] ?? unnamedCategory;
}

function addRegion(reading: Reading, image: CocoImage, region: Region): void {
  const { builder } = reading;
  const { result, shape, attributes, points } = region;
  const label = labelOf(region);
  const { score, where } = result;
  const isPoint = shape.kind === 'keypoint';
  const body: NewShape = isPoint ? {} : shape.shape;
  const annotation = builder.addAnnotation(
    image,
    {
      category_id: builder.categories.named(label).id,
      ...body,
      ...(score !== undefined && { score }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
    },
    where,
  );
  const keypoints = new Map<string, [x: number, y: number, visibility: number]>();
  for (const point of isPoint ? [region] : points) {
    if (point.shape.kind !== 'keypoint') continue;
    if (keypoints.has(labelOf(point))) builder.losses.add('keypoints', point.result.where);
    else keypoints.set(labelOf(point), [point.shape.x, point.shape.y, 2]);
    if (point !== region && Object.keys(point.attributes).length > 0) {
      builder.losses.add('attributes', point.result.where);
    }
  }
  if (keypoints.size > 0) reading.keypoints.addPose(annotation, label, keypoints);
}
