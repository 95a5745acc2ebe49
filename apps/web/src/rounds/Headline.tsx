// The four figures that one comes for, each with what stands behind it; a dash and the way to it where it is not known.

import { Text } from '@mantine/core';
import type { Round, Savings } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useRunWords } from '../runs/use-run-words.ts';
import { comparable } from './comparable.ts';
import '../runs/runs.css';

export function Headline({ savings, rounds }: { savings: Savings; rounds: readonly Round[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  const { time, work, mistakes } = savings;
  const { saved } = time;
  const reach = ({ low, high }: { low: number; high: number }) =>
    t('rounds.between', { low: format.percent(low), high: format.percent(high) });
  const measured = comparable(rounds);
  const [first, last] = [measured.points.at(0), measured.points.at(-1)];
  const tiles = [
    {
      name: 'time',
      value: saved && format.percent(saved.share),
      note: saved === null ? t('rounds.notMeasured') : reach(saved),
    },
    {
      name: 'actions',
      value:
        work.pictureCount === 0
          ? null
          : format.percent(1 - work.actions / Math.max(1, work.actionsFromScratch)),
      note:
        work.pictureCount === 0
          ? t('rounds.nothingLookedOver')
          : t('rounds.insteadOf', {
              actions: format.count(work.actions),
              fromScratch: format.count(work.actionsFromScratch),
            }),
    },
    {
      name: 'slips',
      value: mistakes.rate && format.percent(mistakes.rate.share),
      note: mistakes.rate === null ? t('rounds.notMeasured') : reach(mistakes.rate),
    },
    {
      name: 'quality',
      value: last === undefined ? null : words.score(measured.metric, last.score),
      note:
        first === undefined || last === undefined
          ? t('rounds.noModel')
          : first === last
            ? words.metric(measured.metric)
            : t('rounds.since', {
                metric: words.metric(measured.metric),
                before: words.score(measured.metric, first.score),
              }),
    },
  ] as const;
  return (
    <div className="metric-tiles rounds-headline">
      {tiles.map(({ name, value, note }) => (
        <div key={name} className="metric-tile" data-primary={name === 'time' || undefined}>
          <Text size="xs" c="dimmed">
            {t(`rounds.tiles.${name}`)}
          </Text>
          <Text className="metric-value">{value ?? '–'}</Text>
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        </div>
      ))}
    </div>
  );
}
