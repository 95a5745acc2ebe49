// What controls have told of a dataset, in two short sentences over its pictures. Nothing where there were none.

import { Text } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { controlFindingsQuery } from '../server/evaluation-queries.ts';
import { LinkAnchor } from '../shell/links.tsx';
import './saved-line.css';

export function SavedLine({ datasetId }: { datasetId: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(controlFindingsQuery(datasetId));
  if (data === undefined) return null;
  const { time, mistakes, controls } = data;
  if (controls.count + mistakes.count === 0) return null;
  const { saved } = time;
  const percent = format.percent;
  const sentences = [
    ...(saved === null
      ? []
      : [
          t(saved.share >= 0 ? 'rounds.line.saves' : 'rounds.line.costs', {
            share: percent(Math.abs(saved.share)),
          }),
        ]),
    ...(mistakes.rate === null
      ? []
      : [
          t('rounds.line.slips', {
            slipped: format.count(mistakes.slippedCount),
            judged: format.count(mistakes.judgedCount),
            share: percent(mistakes.rate.share),
          }),
        ]),
  ];
  return (
    <section className="saved-line" aria-label={t('rounds.title')}>
      <IconRepeat size={14} aria-hidden />
      <Text size="xs">{sentences.length === 0 ? t('rounds.line.soon') : sentences.join(' ')}</Text>
      <LinkAnchor
        size="xs"
        to="/datasets/$datasetId/rounds"
        params={{ datasetId: String(datasetId) }}
      >
        {t('rounds.line.more')}
      </LinkAnchor>
    </section>
  );
}
