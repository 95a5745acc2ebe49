// What most drawing tools need: a new object, a change of the selected one, points that snap.

import {
  type AnnotationObject,
  asHumans,
  emptyFields,
  type Geometry,
  type ObjectFields,
  reshape,
} from '../document/annotation-object.ts';
import type { ObjectId } from '../document/object-map.ts';
import { distance, type ImagePoint, pointInPicture, roundPoint } from '../geometry/point.ts';
import { rotatedBoxOf, withoutRotation } from '../geometry/rotated-box.ts';
import { snap } from '../hit-test/snap.ts';
import { drawnByHand } from '../operations/track.ts';
import type { Reshaped } from '../operations/transform.ts';
import { type Change, changeOf } from '../transaction/change.ts';
import type { TransactionLabel } from '../transaction/transaction.ts';
import { hitScreenPixels } from './settings.ts';
import type { Commit, Outcome, PointerInput, ToolContext } from './tool.ts';

const newObject = (
  { nextId, settings }: ToolContext,
  geometry: Partial<Geometry>,
  attributes: ObjectFields['attributes'] = {},
): AnnotationObject => {
  const fields = { ...emptyFields, categoryId: settings.categoryId, attributes };
  return { id: nextId, ...fields, ...reshape(fields, geometry) };
};

/** Adds a new object, selects it, and goes on with `state`. Without a category there is none to add. */
export function drawn<State>(
  state: State,
  context: ToolContext,
  geometry: Partial<Geometry>,
  attributes?: ObjectFields['attributes'],
): Outcome<State> {
  if (context.settings.categoryId === null) return { state, notice: { code: 'no-category' } };
  const object = newObject(context, geometry, attributes);
  return {
    state,
    commit: { label: 'draw', changes: [{ type: 'add', object }] },
    selection: [object.id],
  };
}

const shapeFields = ['bbox', 'segmentation', 'keypoints'] as const;

/** What a person changes becomes theirs; undefined where nothing differs. A turned box that is cut or painted on is none. */
export function changed(
  object: AnnotationObject,
  wanted: Partial<ObjectFields>,
  label: TransactionLabel,
): Commit | undefined {
  if (changeOf(object, wanted) === null) return undefined;
  const after = { ...object, ...asHumans(object), ...wanted };
  const isTurned = rotatedBoxOf(object) !== null && rotatedBoxOf(after) !== null;
  const isShaped = shapeFields.some((name) => wanted[name] !== undefined);
  const turned =
    isTurned || wanted.segmentation === undefined ? after.attributes : withoutRotation(after);
  const attributes = isShaped ? drawnByHand(turned) : turned;
  return { label, changes: [changeOf(object, { ...after, attributes })!] };
}

/**
 * Several objects in the place of one. The largest keeps its id, its history and its pose; none is a turned box any more.
 *
 * @param nextId id of the first new object; those that follow count downwards
 */
export function splitUp(
  object: AnnotationObject,
  parts: readonly Reshaped[],
  nextId: ObjectId,
): { commit: Commit; selection: ObjectId[] } {
  const attributes = withoutRotation(object);
  const [largest, ...others] = parts.toSorted((a, b) => (b.area ?? 0) - (a.area ?? 0));
  const added = others.map((shape, index): AnnotationObject => {
    const part = { ...object, ...shape, attributes, keypoints: null };
    return { ...part, ...asHumans(part), id: nextId - index };
  });
  const changes: Change[] = [
    ...(changed(object, { ...largest, attributes }, 'split')?.changes ?? []),
    ...added.map((each) => ({ type: 'add', object: each }) as const),
  ];
  return {
    commit: { label: 'split', changes },
    selection: [object.id, ...added.map(({ id }) => id)],
  };
}

/** The one object that is selected and may be changed. */
export function soleSelected({
  selection,
  document,
  isEditable,
}: ToolContext): AnnotationObject | undefined {
  const [id, ...others] = selection;
  return id !== undefined && others.length === 0 && isEditable(id)
    ? document.objects.get(id)
    : undefined;
}

export const hitPixels = ({ pixelsPerScreenPixel }: ToolContext): number =>
  hitScreenPixels * pixelsPerScreenPixel;

/** Where a point of a shape goes. Alt lets it stay where the pointer is. */
export function snapped(
  { point, modifiers }: Pick<PointerInput, 'point' | 'modifiers'>,
  context: ToolContext,
  skip?: ObjectId,
): ImagePoint {
  const { document, index, settings, isVisible } = context;
  if (!settings.isSnapping || modifiers.alt) return pointInPicture(point, document.picture);
  const isThere = (id: ObjectId) => id !== skip && isVisible(id);
  return snap(document, index, point, hitPixels(context), isThere).point;
}

/**
 * As {@link snapped}, for outlines that are cut at the border in the end: a point beside the picture stays there, so that the
 * sides that lead to it keep their direction.
 */
export function snappedFreely(
  input: Pick<PointerInput, 'point' | 'modifiers'>,
  context: ToolContext,
  skip?: ObjectId,
): ImagePoint {
  const beside = distance(input.point, pointInPicture(input.point, context.document.picture));
  const isSnapping = context.settings.isSnapping && !input.modifiers.alt;
  return beside > (isSnapping ? hitPixels(context) : 0)
    ? roundPoint(input.point)
    : snapped(input, context, skip);
}
