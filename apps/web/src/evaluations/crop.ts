// The part of a picture that a card shows: what is judged, with enough around it to see where it is.

export type Corners = readonly number[];

export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How much of its own size is shown around what is judged, on each side. */
const margin = 0.6;
/** Fewer pixels would be a blur. */
const leastSide = 64;

/**
 * As wide as the card is for its height, inside the picture where that is large enough.
 *
 * @param boxes left, top, right, bottom; pixels. Without any the whole picture is shown
 * @param aspect width over height of the card
 */
export function cropAround(
  boxes: readonly Corners[],
  picture: { width: number; height: number },
  aspect: number,
): Crop {
  if (boxes.length === 0) return { left: 0, top: 0, ...picture };
  const [left, top] = [0, 1].map((i) => Math.min(...boxes.map((box) => box[i])));
  const [right, bottom] = [2, 3].map((i) => Math.max(...boxes.map((box) => box[i])));
  const around = (1 + 2 * margin) * Math.max(right - left, bottom - top);
  const height = Math.max(leastSide, around, around / aspect);
  const width = Math.min(picture.width, height * aspect);
  const within = (centre: number, side: number, all: number) =>
    Math.max(0, Math.min(all - side, centre - side / 2));
  const shownHeight = Math.min(picture.height, height);
  return {
    left: within((left + right) / 2, width, picture.width),
    top: within((top + bottom) / 2, shownHeight, picture.height),
    width,
    height: shownHeight,
  };
}
