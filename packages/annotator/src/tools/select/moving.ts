import { type AnnotationObject, placeOf } from '../../document/annotation-object.ts';
import { type Box, moveWithin, unionBox } from '../../geometry/box.ts';
import { translate } from '../../operations/transform.ts';
import { changed } from '../drawing.ts';
import type { Behaviour, ToolContext } from '../tool.ts';
import { type SelectMoving, type SelectState, selectIdle } from './state.ts';

/** Several objects keep their distances: all go as far as the outermost may. */
function moved(
  { start, to }: Pick<SelectMoving, 'start' | 'to'>,
  { document, selection, isEditable }: ToolContext,
) {
  const objects = selection
    .filter(isEditable)
    .flatMap((id) => document.objects.get(id) ?? [])
    .filter((object) => placeOf(object) !== null);
  const place = objects
    .map((object) => placeOf(object)!)
    .reduce<Box | null>((all, box) => (all === null ? box : unionBox(all, box)), null);
  if (place === null) return [];
  const step = moveWithin(place, { dx: to.x - start.x, dy: to.y - start.y }, document.picture);
  return objects.map((object) => ({ object, shape: translate(object, step, document.picture) }));
}

export const moving: Behaviour<SelectMoving, SelectState> = {
  move: (state, { point }) => ({ state: { ...state, to: point } }),
  up: (state, { point }, context) => {
    const changes = moved({ ...state, to: point }, context).flatMap(
      ({ object, shape }) => changed(object, shape, 'move')?.changes ?? [],
    );
    if (changes.length === 0) return { state: selectIdle };
    return { state: selectIdle, commit: { label: 'move', changes } };
  },
  commands: { cancel: () => ({ state: selectIdle }) },
  draft: (state, context) => ({
    objects: moved(state, context).map(
      ({ object, shape }): AnnotationObject => ({ ...object, ...shape }),
    ),
  }),
};
