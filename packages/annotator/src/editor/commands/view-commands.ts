// Looking, and going from picture to picture.

import { placeOf } from '../../document/annotation-object.ts';
import { type Box, unionBox } from '../../geometry/box.ts';
import { fitView, zoomAt, zoomToBox } from '../../view/view.ts';
import { commit } from '../commit.ts';
import type { Effect } from '../effect.ts';
import { unchanged } from '../state.ts';
import { type Command, told } from './command.ts';

const zoom =
  (factor: number): Command =>
  (state) => {
    const { canvas, document, view } = state;
    const middle = { x: canvas.width / 2, y: canvas.height / 2 };
    return unchanged({ ...state, view: zoomAt(view, middle, factor, document.picture, canvas) });
  };

const zoomToSelected: Command = (state) => {
  const { canvas, document, selection } = state;
  const box = selection
    .flatMap((id) => document.objects.get(id) ?? [])
    .map(placeOf)
    .reduce<Box | null>((all, own) => (all && own ? unionBox(all, own) : (own ?? all)), null);
  if (box === null) return told(state, 'nothing-selected');
  return unchanged({ ...state, view: zoomToBox(box, document.picture, canvas) });
};

const ask =
  (effect: Effect): Command =>
  (state) => ({ state, effects: [effect] });

const done: Command = (state, atMillis) => {
  const before = state.document.picture.status;
  const effects: Effect[] = [{ type: 'open-picture', which: 'next' }];
  if (before === 'done') return { state, effects };
  const changes = [{ type: 'status', before, after: 'done' } as const];
  return { state: commit(state, { label: 'status', changes }, atMillis), effects };
};

export const viewCommands = {
  'view.fit': (state) =>
    unchanged({ ...state, view: fitView(state.document.picture, state.canvas) }),
  'view.zoom-in': zoom(1.5),
  'view.zoom-out': zoom(1 / 1.5),
  'view.zoom-to-object': zoomToSelected,
  'picture.previous': ask({ type: 'open-picture', which: 'previous' }),
  'picture.next': ask({ type: 'open-picture', which: 'next' }),
  'picture.done': done,
  'picture.help': ask({ type: 'show-help' }),
} satisfies Record<string, Command>;
