/** A colour as a canvas has it in memory: alpha, blue, green, red. @param color `#rrggbb` */
export function rgbaOf(color: string, opacity: number): number {
  const value = Number.parseInt(color.slice(1), 16);
  const [red, green, blue] = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  return ((Math.round(255 * opacity) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
