// The in-memory form of a mask: run lengths down the columns, as COCO's own tools keep them.
// Checked bit by bit against pycocotools.

/**
 * A binary mask as run lengths. The picture is read column by column, top to bottom; `counts` holds the
 * lengths of the runs in turn, zeros first (so `counts[0]` is 0 when the top left pixel is inside).
 * The runs add up to `height × width`.
 */
export interface Rle {
  readonly height: number;
  readonly width: number;
  readonly counts: Uint32Array;
}
