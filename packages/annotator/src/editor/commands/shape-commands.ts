// What is done to whole shapes: other forms of the same, and combinations of several.

import {
  type AnnotationObject,
  type ObjectFields,
  reshape,
} from '../../document/annotation-object.ts';
import type { Combination } from '../../geometry/clip-regions.ts';
import { withoutRotation } from '../../geometry/rotated-box.ts';
import {
  combineObjects,
  segmentationOf,
  toBox,
  toMask,
  toPolygons,
} from '../../operations/combine.ts';
import { simplify } from '../../operations/simplify.ts';
import { splitIntoParts } from '../../operations/split.ts';
import { changed, splitUp } from '../../tools/drawing.ts';
import type { Change } from '../../transaction/change.ts';
import { commit } from '../commit.ts';
import { editableSelection, nextObjectId, unchanged } from '../state.ts';
import { type Command, changeSelected, nothingToDo, told } from './command.ts';

/** The first of the selected objects becomes what all are together; the others go. */
const combine =
  (how: Combination): Command =>
  (state, atMillis) => {
    const [first, ...others] = editableSelection(state);
    if (first === undefined) return nothingToDo(state);
    if (others.length === 0) return told(state, 'nothing-selected');
    const shape = combineObjects(how, [first, ...others], state.document.picture);
    if (shape === null) return told(state, 'nothing-left');
    const wanted = { ...shape, attributes: withoutRotation(first) };
    const changes: Change[] = [
      ...(changed(first, wanted, 'combine')?.changes ?? []),
      ...others.map((object) => ({ type: 'delete', object }) as const),
    ];
    const next = commit(state, { label: 'combine', changes }, atMillis);
    return unchanged({ ...next, selection: [first.id] });
  };

const splitParts: Command = (state, atMillis) => {
  const [object, ...others] = editableSelection(state);
  if (object === undefined) return nothingToDo(state);
  const parts = others.length > 0 ? null : splitIntoParts(object, state.document.picture);
  if (parts === null) return told(state, 'not-possible-for-shape');
  const { commit: split, selection } = splitUp(object, parts, nextObjectId(state));
  return unchanged({ ...commit(state, split, atMillis), selection });
};

const convert =
  (
    to: (object: AnnotationObject, ...context: Parameters<Command>) => Partial<ObjectFields> | null,
  ): Command =>
  (state, atMillis) =>
    changeSelected(
      state,
      'convert',
      (object) => {
        const fields = to(object, state, atMillis);
        return fields === null ? null : { ...fields, attributes: withoutRotation(object) };
      },
      atMillis,
    );

const toPolygon = convert((object, { document, settings }) => {
  const shape = object.isCrowd ? null : segmentationOf(object, document.picture);
  const segmentation =
    shape === null ? null : toPolygons(shape, document.picture, settings.tolerancePixels);
  return segmentation === null ? null : reshape(object, { segmentation });
});

export const shapeCommands = {
  'shape.simplify': (state, atMillis) =>
    changeSelected(
      state,
      'simplify',
      (object) => simplify(object, state.settings.tolerancePixels),
      atMillis,
      'no-polygon',
    ),
  'shape.union': combine('union'),
  'shape.subtract': combine('difference'),
  'shape.intersect': combine('intersection'),
  'shape.split-parts': splitParts,
  'shape.to-mask': convert((object, { document }) => {
    const shape = segmentationOf(object, document.picture);
    const segmentation = shape === null ? null : toMask(shape, document.picture);
    return segmentation === null ? null : reshape(object, { segmentation });
  }),
  'shape.to-polygon': (state, atMillis) => {
    const selected = editableSelection(state);
    const isCrowdAlone = selected.length > 0 && selected.every(({ isCrowd }) => isCrowd);
    return isCrowdAlone ? told(state, 'crowd-is-mask') : toPolygon(state, atMillis);
  },
  'shape.to-box': convert(toBox),
  /** COCO wants a mask for a crowd, so the shape becomes one with it. */
  'shape.crowd': (state, atMillis) => {
    const makeCrowd = editableSelection(state).some(({ isCrowd }) => !isCrowd);
    const { picture } = state.document;
    return changeSelected(
      state,
      'crowd',
      (object) => {
        if (!makeCrowd) return { isCrowd: false };
        const shape = segmentationOf(object, picture);
        const segmentation = shape === null ? null : toMask(shape, picture);
        if (segmentation === null) return null;
        return {
          isCrowd: true,
          ...reshape(object, { segmentation }),
          attributes: withoutRotation(object),
        };
      },
      atMillis,
    );
  },
} satisfies Record<string, Command>;
