// Numbers, times and sizes as people of a language write them.

export function formatCount(count: number, language: string): string {
  return count.toLocaleString(language);
}

/** `1.2M`, `34K`: for tight places. */
export function formatCompact(count: number, language: string): string {
  if (count < 10_000) return formatCount(count, language);
  return count.toLocaleString(language, { notation: 'compact', maximumFractionDigits: 1 });
}

/** @example formatBytes(34_000_000, 'en') // '34 MB' */
export function formatBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)),
  );
  return (bytes / 1000 ** step).toLocaleString(language, {
    style: 'unit',
    unit: units[step],
    maximumFractionDigits: step === 0 ? 0 : bytes / 1000 ** step < 10 ? 1 : 0,
  });
}

/** @example formatDuration(95, 'en') // '1 min 35 sec'; below a second `0.4 sec`, and never nothing where there is something */
export function formatDuration(seconds: number, language: string): string {
  if (seconds > 0 && seconds < 1) {
    const tenths = Math.max(1, Math.round(seconds * 10)) / 10;
    return tenths.toLocaleString(language, { style: 'unit', unit: 'second' });
  }
  const rounded = Math.max(0, Math.round(seconds));
  const parts: [number, string][] = [
    [Math.floor(rounded / 3600), 'hour'],
    [Math.floor((rounded % 3600) / 60), 'minute'],
    [rounded % 60, 'second'],
  ];
  const first = Math.max(
    0,
    parts.findIndex(([value]) => value > 0),
  );
  return (rounded === 0 ? parts.slice(2) : parts.slice(first, first + 2))
    .filter(([value], index) => value > 0 || index === 0)
    .map(([value, unit]) => value.toLocaleString(language, { style: 'unit', unit }))
    .join(' ');
}

const steps: [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [86400 * 365, 'year'],
  [86400 * 30, 'month'],
  [86400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];

/** @example formatAgo(fiveMinutesAgo, now, 'en') // '5 minutes ago' */
export function formatAgo(then: Date, now: Date, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const seconds = (then.getTime() - now.getTime()) / 1000;
  const [length, unit] = steps.find(([length]) => Math.abs(seconds) >= length) ?? [1, 'second'];
  return unit === 'second'
    ? format.format(0, 'second')
    : format.format(Math.round(seconds / length), unit);
}

export function formatTime(time: string, language: string): string {
  return new Date(time).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Hours, minutes and seconds where the reader is: `09:05:03`. */
export function formatClock(time: string, language: string): string {
  return new Date(time).toLocaleTimeString(language, { hourCycle: 'h23' });
}

/** At most three digits that matter: chart axes and ranges. */
export function formatNumber(value: number, language: string): string {
  return value.toLocaleString(language, { maximumSignificantDigits: 3 });
}

/** @example formatPercent(0.404, 'en') // '40%' */
export function formatPercent(share: number, language: string): string {
  return share.toLocaleString(language, { style: 'percent' });
}
