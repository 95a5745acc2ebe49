// Where in a long content a scroller stands. No browser lays out an element of any height (Firefox stops at about 17
// million pixels, Chromium at 33 million), so a taller content scrolls within a shorter element: wheel and keys move it
// pixel by pixel, the scroll bar in proportion.

/** CSS pixels. */
export const tallestElement = 10_000_000;

export interface ScrollSpace {
  contentHeight: number;
  viewHeight: number;
}

export interface ScrollPlace {
  /** Pixel of the content at the top of the view. */
  top: number;
  /** What the element's `scrollTop` is there. */
  scrollTop: number;
}

export const elementHeight = ({ contentHeight }: ScrollSpace): number =>
  Math.min(contentHeight, tallestElement);

/** The place at a pixel of the content, or as near as the ends allow. */
export function placeAt(top: number, space: ScrollSpace): ScrollPlace {
  const range = Math.max(0, space.contentHeight - space.viewHeight);
  const elementRange = Math.max(0, elementHeight(space) - space.viewHeight);
  const within = Math.max(0, Math.min(range, top));
  return { top: within, scrollTop: range === 0 ? 0 : (within * elementRange) / range };
}

/**
 * The place after the element was scrolled. At an end of the element that is none of the content, `scrollTop` differs
 * from what the element has: whoever scrolls on from there needs room.
 */
export function placeAfterScroll(
  before: ScrollPlace,
  scrollTop: number,
  space: ScrollSpace,
): ScrollPlace {
  if (space.contentHeight <= tallestElement) return { top: scrollTop, scrollTop };
  const elementRange = elementHeight(space) - space.viewHeight;
  const range = space.contentHeight - space.viewHeight;
  const moved = scrollTop - before.scrollTop;
  // Nobody turns a wheel by several screens at once: that was the scroll bar.
  if (Math.abs(moved) > 3 * space.viewHeight) {
    return { top: (scrollTop / elementRange) * range, scrollTop };
  }
  const place = placeAt(before.top + moved, space);
  const isAtEnd = scrollTop <= 0 || scrollTop >= elementRange;
  return isAtEnd ? place : { ...place, scrollTop };
}
