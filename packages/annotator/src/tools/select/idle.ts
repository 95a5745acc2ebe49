import type { AnnotationObject } from '../../document/annotation-object.ts';
import { roundPixels } from '../../geometry/point.ts';
import { objectsAt, type RingPlace } from '../../hit-test/hit-test.ts';
import { deleteVertex, isNeeded } from '../../operations/vertices.ts';
import type { Change } from '../../transaction/change.ts';
import { changed, hitPixels, soleSelected } from '../drawing.ts';
import type { Behaviour, Outcome, PointerInput, ToolContext } from '../tool.ts';
import { type Grip, gripAt } from './grip.ts';
import { type SelectIdle, type SelectState, selectIdle } from './state.ts';

export const idle: Behaviour<SelectIdle, SelectState> = {
  down: (_, input, context) => {
    const { shift } = input.modifiers;
    const selected = soleSelected(context);
    const grip = selected && !shift ? gripOf(selected, input, context) : null;
    return grip ? take(selected!, grip, input) : press(input, context);
  },
  commands: {
    delete: deleteSelected,
    cancel: () => ({ state: selectIdle, selection: [] }),
  },
};

const gripOf = (object: AnnotationObject, { point }: PointerInput, context: ToolContext) =>
  gripAt(object, point, hitPixels(context), context.pixelsPerScreenPixel);

/** Takes hold of a part of the selected object; Alt on a point takes it out. */
function take(
  object: AnnotationObject,
  grip: Grip,
  { point, modifiers }: PointerInput,
): Outcome<SelectState> {
  const { id } = object;
  switch (grip.type) {
    case 'keypoint':
      return { state: { name: 'select.keypoint', id, keypoint: grip.keypoint, to: point } };
    case 'vertex': {
      const { place } = grip;
      if (modifiers.alt) return withoutPoint(object, place);
      return {
        state: { name: 'select.vertex', id, place, isNew: false, to: point, hasMoved: false },
      };
    }
    case 'edge': {
      const to = { x: roundPixels(grip.at.x), y: roundPixels(grip.at.y) };
      const { place } = grip;
      return { state: { name: 'select.vertex', id, place, isNew: true, to, hasMoved: false } };
    }
    case 'handle':
      return {
        state: { name: 'select.resizing', id, handle: grip.handle, frame: grip.frame, to: point },
      };
    case 'turn':
      return {
        state: { name: 'select.turning', id, about: grip.frame.centre, start: point, to: point },
      };
  }
}

/**
 * Selects what is under the pointer, or begins a frame around several. A click on what is selected already goes on to
 * what lies below; Shift adds to the selection and takes from it.
 */
function press(input: PointerInput, context: ToolContext): Outcome<SelectState> {
  const { document, index, selection, isEditable } = context;
  const { point, modifiers } = input;
  const under = objectsAt(document, index, point, hitPixels(context))
    .map(({ id }) => id)
    .filter(isEditable);
  const selectedAt = under.findIndex((id) => selection.includes(id));
  const kept = modifiers.shift ? selection : [];
  if (under.length === 0) {
    const state = { name: 'select.marquee', start: point, to: point, kept } as const;
    return { state, selection: kept };
  }
  if (modifiers.shift) {
    const [top] = under;
    const toggled = selection.includes(top)
      ? selection.filter((id) => id !== top)
      : [...selection, top];
    return {
      state: { name: 'select.pressing', start: point, onClick: toggled },
      selection: toggled,
    };
  }
  if (selectedAt < 0) {
    const onClick = [under[0]];
    return { state: { name: 'select.pressing', start: point, onClick }, selection: onClick };
  }
  if (modifiers.alt && selection.length === 1) {
    // It would have taken a point out; with a move it goes along with what is selected, and does not snap.
    const notice = { code: 'no-point' } as const;
    return { state: { name: 'select.pressing', start: point, onClick: selection, notice } };
  }
  // Of several the one under the pointer comes first.
  const step = selection.length > 1 ? 0 : 1;
  const below = under[(selectedAt + step) % under.length];
  return { state: { name: 'select.pressing', start: point, onClick: [below] } };
}

function deleteSelected(state: SelectIdle, context: ToolContext): Outcome<SelectState> {
  const { document, selection, isEditable } = context;
  const selected = soleSelected(context);
  if (state.vertex !== null && selected !== undefined) return withoutVertex(selected, state.vertex);
  const changes = selection.filter(isEditable).flatMap((id): Change[] => {
    const object = document.objects.get(id);
    return object === undefined ? [] : [{ type: 'delete', object }];
  });
  if (changes.length === 0) {
    const code = selection.length === 0 ? 'nothing-selected' : 'object-locked';
    return { state, notice: { code } };
  }
  return { state: selectIdle, commit: { label: 'delete', changes }, selection: [] };
}

/** A click takes a point, and no more: that all of it goes has to be said by the key, for which the point is chosen. */
function withoutPoint(object: AnnotationObject, vertex: RingPlace): Outcome<SelectState> {
  return isNeeded(object, vertex)
    ? { state: { ...selectIdle, vertex }, notice: { code: 'three-points' } }
    : withoutVertex(object, vertex);
}

/** An object that loses its last points goes. */
function withoutVertex(object: AnnotationObject, vertex: RingPlace): Outcome<SelectState> {
  const shape = deleteVertex(object, vertex);
  if (shape !== null) return { state: selectIdle, commit: changed(object, shape, 'edit-points') };
  const changes = [{ type: 'delete', object } as const];
  return { state: selectIdle, commit: { label: 'delete', changes }, selection: [] };
}
