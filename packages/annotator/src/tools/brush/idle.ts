import type { AnnotationObject } from '../../document/annotation-object.ts';
import { objectsAt } from '../../hit-test/hit-test.ts';
import { fillSegment } from '../../mask/brush.ts';
import { maskOfObject } from '../../mask/mask-of.ts';
import { emptyTiles, tilesFromRle, withColumns } from '../../mask/tiled-mask.ts';
import { hitPixels, soleSelected } from '../drawing.ts';
import type { Behaviour, PointerInput, ToolContext } from '../tool.ts';
import type { BrushIdle, BrushMode, BrushState } from './state.ts';

/**
 * The selected object, unless it is a box: painting beside one means another object. The eraser without one takes what
 * lies under it.
 */
function targetFor(
  mode: BrushMode,
  { point }: PointerInput,
  context: ToolContext,
): AnnotationObject | undefined {
  const selected = soleSelected(context);
  if (mode === 'paint') return selected?.segmentation ? selected : undefined;
  if (selected !== undefined) return selected;
  const { document, index, isEditable } = context;
  return objectsAt(document, index, point, hitPixels(context)).find(
    (object) => isEditable(object.id) && maskOfObject(object, document.picture) !== null,
  );
}

export const idle: Behaviour<BrushIdle, BrushState> = {
  down: (state, input, context) => {
    const { document, settings } = context;
    const target = targetFor(state.mode, input, context);
    if (target === undefined && state.mode === 'erase') {
      return { state, notice: { code: 'nothing-selected' } };
    }
    if (target === undefined && settings.categoryId === null) {
      return { state, notice: { code: 'no-category' } };
    }
    const mask = target === undefined ? null : maskOfObject(target, document.picture);
    const tiles = mask === null ? emptyTiles(document.picture) : tilesFromRle(mask);
    const value = state.mode === 'paint' ? 1 : 0;
    const { point } = input;
    return {
      state: {
        name: 'brush.painting',
        mode: state.mode,
        target: target?.id ?? null,
        tiles: withColumns(tiles, value, (fill) => fillSegment(fill, settings.brush, point, point)),
        last: point,
      },
    };
  },
};
