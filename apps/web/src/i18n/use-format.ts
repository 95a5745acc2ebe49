// The formats of `format.ts` in the language that is shown.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatCompact,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTime,
} from './format.ts';

export function useFormat() {
  const { language } = useTranslation().i18n;
  return useMemo(
    () => ({
      count: (value: number) => formatCount(value, language),
      compact: (value: number) => formatCompact(value, language),
      bytes: (value: number) => formatBytes(value, language),
      duration: (seconds: number) => formatDuration(seconds, language),
      ago: (time: string) => formatAgo(new Date(time), new Date(), language),
      time: (time: string) => formatTime(time, language),
      clock: (time: string) => formatClock(time, language),
      day: (date: Date) => date.toLocaleDateString(language, { dateStyle: 'medium' }),
      number: (value: number) => formatNumber(value, language),
      /** Of a share from 0 to 1. */
      percent: (share: number) => formatPercent(share, language),
    }),
    [language],
  );
}
