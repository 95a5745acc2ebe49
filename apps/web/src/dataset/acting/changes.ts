// What was done in this tab and the pages do not know yet: it is shown at once, over what the server said last. Pure.

import type { Annotation, BulkAction, GridTile, Image, ImageSummary, Overlay } from '@migaki/api';

/** What became of an object. */
export interface ObjectChange {
  state?: Overlay['state'];
  categoryId?: number;
  isReviewed?: boolean;
  isDeleted?: boolean;
}

/** What became of an image and its objects. */
export interface ImageChange {
  objects: ReadonlyMap<number, ObjectChange>;
  /** Of every proposal on it. */
  proposals?: 'accepted' | 'rejected';
  isReviewed?: boolean;
  /** Proposals that were decided on, one by one. */
  decidedCount: number;
  /** Objects that are gone: deleted or rejected. */
  goneCount: number;
  /** What somebody has thought of a model's word against labels, by the id of the mistake. */
  mistakes?: ReadonlyMap<number, MistakeVerdict>;
}

/** `taken`: the model was right. */
export type MistakeVerdict = 'taken' | 'dismissed';

export type Changes = ReadonlyMap<number, ImageChange>;

export const noImageChange: ImageChange = { objects: new Map(), decidedCount: 0, goneCount: 0 };

/** What the grid knows of an object that something is done to. */
export type KnownObject = Pick<Overlay, 'id' | 'state' | 'categoryId' | 'isReviewed' | 'origin'>;

/** Adds what is done to one object. */
export function withObjectChange(
  image: ImageChange,
  object: KnownObject,
  change: ObjectChange,
): ImageChange {
  const before = changedObject(object, image);
  const objects = new Map(image.objects).set(object.id, {
    ...image.objects.get(object.id),
    ...change,
  });
  const after = changedObject(object, { ...image, objects });
  const isDecided = before?.state === 'proposed' && after?.state !== 'proposed';
  const isGone = isShown(before) && !isShown(after);
  return {
    ...image,
    objects,
    decidedCount: image.decidedCount + (isDecided ? 1 : 0),
    goneCount: image.goneCount + (isGone ? 1 : 0),
  };
}

/** Adds what a bulk action does to one of the objects that it is meant for. */
export function withBulkAction(
  image: ImageChange,
  object: KnownObject,
  action: BulkAction,
): ImageChange {
  const { state, categoryId } = changedObject(object, image) ?? object;
  const changeOf = (): ObjectChange | null => {
    switch (action.type) {
      case 'acceptObjects':
        return { state: 'accepted', isReviewed: true };
      case 'rejectObjects':
        return { state: 'rejected', isReviewed: true };
      case 'setCategory':
        if (action.from !== undefined && action.from !== categoryId) return null;
        return { categoryId: action.to, isReviewed: true };
      case 'deleteObjects':
        return { isDeleted: true };
      case 'reviewObjects':
        // Proposals are passed over.
        return state === 'proposed' ? null : { isReviewed: action.isReviewed };
      default:
        return null;
    }
  };
  const change = changeOf();
  return change === null ? image : withObjectChange(image, object, change);
}

/** The same where it is meant for all of an image: for its proposals, or for the image itself. */
export function withBulkActionOnImage(
  change: ImageChange,
  image: ImageSummary,
  action: BulkAction,
): ImageChange {
  switch (action.type) {
    case 'acceptObjects':
    case 'rejectObjects':
      return {
        ...change,
        proposals: action.type === 'acceptObjects' ? 'accepted' : 'rejected',
        decidedCount: change.decidedCount + changedImage(image, change).proposalCount,
      };
    case 'reviewImages':
      return { ...change, isReviewed: action.isReviewed };
    default:
      return change;
  }
}

const isShown = (object: { state: Overlay['state'] } | null): boolean =>
  object !== null && object.state !== 'rejected';

/** An object as it is now; null for one that is deleted. The same value where nothing was done to it. */
export function changedObject<Known extends KnownObject>(
  object: Known,
  image: ImageChange | undefined,
): Known | null {
  if (image === undefined) return object;
  const own = image.objects.get(object.id);
  const byPicture: ObjectChange = {
    ...(image.proposals !== undefined &&
      object.state === 'proposed' && { state: image.proposals, isReviewed: true }),
    ...(image.isReviewed === true && object.state === 'accepted' && { isReviewed: true }),
  };
  const change = { ...byPicture, ...own };
  if (Object.keys(change).length === 0) return object;
  if (change.isDeleted) return null;
  const wasFound = object.origin.startsWith('model ') || object.state === 'proposed';
  return {
    ...object,
    ...change,
    // What a person changes of a proposal becomes the person's.
    ...(change.categoryId !== undefined && {
      state: 'accepted',
      ...(wasFound && { origin: 'human', score: null }),
    }),
  };
}

/** The objects of an image as they are now. The same list where nothing was done to them. */
export function changedObjects<Known extends KnownObject>(
  objects: readonly Known[],
  image: ImageChange | undefined,
): readonly Known[] {
  if (image === undefined) return objects;
  return objects.flatMap((object) => changedObject(object, image) ?? []);
}

/** An image as it is now. The same value where nothing was done to it. */
export function changedImage<Known extends ImageSummary>(
  image: Known,
  change: ImageChange | undefined,
): Known {
  if (change === undefined) return image;
  const hasWork = change.objects.size > 0 || change.proposals !== undefined;
  const rejected = change.proposals === 'rejected' ? image.proposalCount : 0;
  return {
    ...image,
    // The first work on a picture begins it: the server concludes the same.
    status: image.status === 'new' && hasWork ? 'in_progress' : image.status,
    proposalCount:
      change.proposals !== undefined ? 0 : Math.max(0, image.proposalCount - change.decidedCount),
    objectCount: Math.max(0, image.objectCount - change.goneCount - rejected),
    ...(change.isReviewed !== undefined && {
      isReviewed: change.isReviewed && image.proposalCount === 0,
    }),
  };
}

export const changedTile = (tile: GridTile, change: ImageChange | undefined): GridTile =>
  change === undefined
    ? tile
    : { ...changedImage(tile, change), overlays: [...changedObjects(tile.overlays, change)] };

/** An annotation as the grid of objects and the details of a picture list it. */
export function changedAnnotation(
  annotation: Annotation,
  change: ImageChange | undefined,
): Annotation | null {
  if (change === undefined) return annotation;
  const known = { ...annotation, isReviewed: annotation.reviewed !== null };
  const changed = changedObject(known, change);
  if (changed === known) return annotation;
  if (changed === null) return null;
  const { isReviewed, ...fields } = changed;
  const now = { by: '', at: new Date(0).toISOString(), revision: 0 };
  return { ...fields, reviewed: isReviewed ? (annotation.reviewed ?? now) : null };
}

/** Counted by what is on it: the server may have counted some of what was done already. */
export function changedPicture(image: Image, change: ImageChange | undefined): Image {
  if (change === undefined) return image;
  const annotations = image.annotations.flatMap((each) => changedAnnotation(each, change) ?? []);
  return {
    ...changedImage(image, change),
    annotations,
    proposalCount: annotations.filter(({ state }) => state === 'proposed').length,
    objectCount: annotations.filter(({ state }) => state !== 'rejected').length,
  };
}
