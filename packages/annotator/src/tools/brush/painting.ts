import type { Segmentation } from '../../document/annotation-object.ts';
import { reshape } from '../../document/annotation-object.ts';
import { fillSegment } from '../../mask/brush.ts';
import { isEmptyRle } from '../../mask/mask-of.ts';
import { rleFromTiles, withColumns } from '../../mask/tiled-mask.ts';
import { changed, drawn } from '../drawing.ts';
import type { Behaviour, Outcome, ToolContext } from '../tool.ts';
import { type BrushPainting, type BrushState, brushIdle } from './state.ts';

export const painting: Behaviour<BrushPainting, BrushState> = {
  move: (state, { point }, { settings }) => {
    const value = state.mode === 'paint' ? 1 : 0;
    const tiles = withColumns(state.tiles, value, (fill) =>
      fillSegment(fill, settings.brush, state.last, point),
    );
    return { state: { ...state, tiles, last: point } };
  },
  up: (state, _, context) => finishStroke(state, context),
  commands: { cancel: ({ mode }) => ({ state: brushIdle(mode) }) },
  draft: ({ tiles, target }) => ({ mask: { tiles, object: target } }),
};

function finishStroke(
  { mode, target, tiles }: BrushPainting,
  context: ToolContext,
): Outcome<BrushState> {
  const state = brushIdle(mode);
  const rle = rleFromTiles(tiles);
  const segmentation: Segmentation | null = isEmptyRle(rle) ? null : { type: 'mask', rle };
  const object = target === null ? undefined : context.document.objects.get(target);
  if (object === undefined) {
    // A stroke beside the picture, or the object went while it was painted on.
    if (segmentation === null) return { state, notice: { code: 'nothing-left' } };
    return drawn(state, context, { segmentation });
  }
  if (segmentation === null) {
    // Nothing of it is left: it goes, as one step that undo takes back.
    const changes = [{ type: 'delete', object } as const];
    return { state, commit: { label: 'erase', changes }, selection: [] };
  }
  const label = mode === 'paint' ? 'paint' : 'erase';
  return {
    state,
    commit: changed(object, reshape(object, { segmentation }), label),
    selection: [object.id],
  };
}
