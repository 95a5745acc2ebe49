/** Widths that people can choose for tiles, CSS pixels. */
export const tileWidths = { min: 100, max: 520, step: 20 };

export const clampedTileWidth = (width: number): number =>
  Math.round(Math.max(tileWidths.min, Math.min(tileWidths.max, width)));
