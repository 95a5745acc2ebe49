const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A bar of a fraction between 0 and 1, in eighths of a character. What is above 0 always shows.
 *
 * @example
 * drawBar(0.4, 10) // "████"
 */
export function drawBar(fraction: number, columns: number): string {
  const inEighths = Math.round(Math.min(Math.max(fraction, 0), 1) * columns * 8);
  const shown = fraction > 0 ? Math.max(inEighths, 1) : 0;
  return '█'.repeat(Math.floor(shown / 8)) + eighths[shown % 8];
}
