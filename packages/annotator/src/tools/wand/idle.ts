import { reshape } from '../../document/annotation-object.ts';
import { isEmptyRle } from '../../mask/mask-of.ts';
import { rleFromTiles } from '../../mask/tiled-mask.ts';
import { combineMasks, segmentationOf } from '../../operations/combine.ts';
import { floodFill } from '../../pixels/flood-fill.ts';
import { changed, drawn, soleSelected } from '../drawing.ts';
import type { Behaviour, Outcome, PointerInput, ToolContext } from '../tool.ts';
import type { WandState } from './state.ts';

/** A click makes an object of what has the colour there; Shift adds it to the selected one, Ctrl takes it away. */
function down(state: WandState, input: PointerInput, context: ToolContext): Outcome<WandState> {
  const { document, pixels, settings } = context;
  const { picture } = document;
  const { x, y } = input.point;
  if (pixels === null) return { state, notice: { code: 'no-pixels' } };
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return { state };
  const { shift, mod } = input.modifiers;
  const target = soleSelected(context);
  if ((shift || mod) && target === undefined)
    return { state, notice: { code: 'nothing-selected' } };
  const rle = rleFromTiles(floodFill(pixels, input.point, settings.wand));
  const found = { type: 'mask', rle } as const;
  if (!shift && !mod) {
    return isEmptyRle(rle)
      ? { state, notice: { code: 'nothing-left' } }
      : drawn(state, context, { segmentation: found });
  }
  const own = segmentationOf(target!, picture);
  if (own === null) return { state, notice: { code: 'not-possible-for-shape' } };
  const segmentation = combineMasks(mod ? 'difference' : 'union', [own, found], picture);
  if (segmentation === null) return { state, notice: { code: 'nothing-left' } };
  const label = mod ? 'erase' : 'paint';
  return { state, commit: changed(target!, reshape(target!, { segmentation }), label) };
}

export const idle: Behaviour<WandState, WandState> = { down };
