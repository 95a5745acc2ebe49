// Looking, and going from picture to picture.

import { placeOf } from '../../document/annotation-object.ts';
import type { ImageStatus } from '../../document/document.ts';
import { type Box, unionBox } from '../../geometry/box.ts';
import { checkedLook, lookChanges } from '../../view/look.ts';
import { fitView, zoomAt, zoomToBox } from '../../view/view.ts';
import { commit } from '../commit.ts';
import { type EditorState, unchanged } from '../state.ts';
import { ask, type Command, told } from './command.ts';

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

/** How far the work on the picture is. */
export function setStatus(state: EditorState, after: ImageStatus, atMillis: number): EditorState {
  const before = state.document.picture.status;
  if (before === after) return state;
  return commit(state, { label: 'status', changes: [{ type: 'status', before, after }] }, atMillis);
}

const endWith =
  (status: ImageStatus): Command =>
  (state, atMillis) => ({
    state: setStatus(state, status, atMillis),
    effects: [{ type: 'open-picture', which: 'next' }],
  });

const changeLook =
  (name: keyof typeof lookChanges): Command =>
  (state) => {
    const { settings } = state;
    const look = checkedLook({ ...settings.look, ...lookChanges[name](settings.look) });
    return unchanged({ ...state, settings: { ...settings, look } });
  };

export const viewCommands = {
  'view.fit': (state) =>
    unchanged({ ...state, view: fitView(state.document.picture, state.canvas) }),
  'view.zoom-in': zoom(1.5),
  'view.zoom-out': zoom(1 / 1.5),
  'view.actual-size': (state) => zoom(1 / state.view.scale)(state, 0),
  'view.zoom-to-object': zoomToSelected,
  'view.objects': changeLook('objects'),
  'view.labels': changeLook('labels'),
  'view.colors': changeLook('colors'),
  'view.opacity': changeLook('opacity'),
  'view.crosshair': changeLook('crosshair'),
  'view.minimap': changeLook('minimap'),
  'view.invert': changeLook('invert'),
  'view.brighter': changeLook('brighter'),
  'view.darker': changeLook('darker'),
  'view.more-contrast': changeLook('more-contrast'),
  'view.less-contrast': changeLook('less-contrast'),
  'view.true-colors': changeLook('true-colors'),
  'panel.categories': ask({ type: 'focus', which: 'categories' }),
  'panel.objects': ask({ type: 'focus', which: 'objects' }),
  'panel.object': ask({ type: 'focus', which: 'object' }),
  'panel.picture': ask({ type: 'focus', which: 'picture' }),
  'panel.comment': ask({ type: 'focus', which: 'comment' }),
  'picture.previous': ask({ type: 'open-picture', which: 'previous' }),
  'picture.next': ask({ type: 'open-picture', which: 'next' }),
  'picture.review': endWith('review'),
  'picture.done': endWith('done'),
  'picture.leave': ask({ type: 'leave' }),
  'picture.help': ask({ type: 'show-help' }),
} satisfies Record<string, Command>;
