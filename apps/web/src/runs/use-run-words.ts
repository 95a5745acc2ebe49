// Names and values of metrics and settings, in the language that is shown. What other programs call theirs stays as it is.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { numberText, scoreText, valueText, wordsOf } from './setting-text.ts';

/** Where the words for values of some settings are. */
const worded: Record<string, (value: string | null) => string> = {
  size: (value) => `runs.sizes.${value ?? 'imported'}`,
  flip: (value) => `runs.flips.${value}`,
  task: (value) => `runs.tasks.${value}.name`,
};

export function useRunWords() {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    // Not every name is known: one that is not stands for itself.
    const known = (key: string, otherwise: string): string =>
      i18n.exists(key) ? t(key as never) : otherwise;
    // `.` and `:` part keys.
    const safe = (name: string): string => name.replace(/[.:]/g, '_');
    const truth = { yes: t('runs.yes'), no: t('runs.no') };
    return {
      metric: (name: string) => known(`runs.metricNames.${safe(name)}`, name),
      metricHelp: (name: string) => known(`runs.metricHelp.${safe(name)}`, ''),
      setting: (name: string) => known(`runs.settingNames.${safe(name)}`, wordsOf(name)),
      number: (value: number) => numberText(value, language),
      score: (name: string, value: number) => scoreText(name, value, language),
      value: (name: string, value: unknown) =>
        (typeof value === 'string' || value === null) && Object.hasOwn(worded, name)
          ? known(worded[name](value), value ?? '–')
          : valueText(value, language, truth),
    };
  }, [t, i18n, language]);
}
