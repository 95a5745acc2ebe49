// Which curves share a chart. Pure. Names come from any program: `loss`, `loss/box`, `val/AP50`.

/** What tells of the machine and the method more than of the model. */
const technical =
  /^(learning|gradient|grad_?norm|lr\b|pictures|images_per|busy|speed|memory|throughput)/i;
const loss = /(^|[/_-])loss/i;
/** In front of a name: what it was measured on. */
const side = /^(train|training|val|valid|validation|test|eval)[/_-]/i;

/** Of the same chart: without its side, its part and the number at its end. @example familyOf('val/AP50') // 'AP' */
export function familyOf(name: string): string {
  const own = name.replace(side, '');
  const whole = own.split('/')[0];
  return whole.replace(/[=@]?[\d.]+$/, '') || whole;
}

export const isTechnical = (name: string): boolean => technical.test(name.replace(side, ''));

/** Training is dashed where validation is in the same chart. */
export const isTraining = (name: string): boolean => /^(train|training)[/_-]/i.test(name);

export interface ChartGroup {
  family: string;
  names: string[];
  isTechnical: boolean;
}

/** Losses first, then what says how good the run is, then the other metrics, the technical ones last. */
export function chartGroups(names: readonly string[], primary: string | null): ChartGroup[] {
  const groups = Map.groupBy(names, familyOf);
  const rankOf = ({ family, isTechnical }: ChartGroup): number => {
    if (isTechnical) return 3;
    if (loss.test(family)) return 0;
    return primary !== null && family === familyOf(primary) ? 1 : 2;
  };
  return [...groups]
    .map(([family, members]) => ({
      family,
      names: members.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)),
      isTechnical: members.every(isTechnical),
    }))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.family < b.family ? -1 : 1));
}
