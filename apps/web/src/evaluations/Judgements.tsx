// The judgements that are chosen, as pictures of what is there and what was found, the most wrong first.

import { Center, CloseButton, Group, Loader, Text } from '@mantine/core';
import type { Evaluation } from '@migaki/api';
import { IconChecks } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { judgementsQuery } from '../server/evaluation-queries.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { JudgementCard } from './JudgementCard.tsx';
import { MoreButton } from './MoreButton.tsx';
import { type EvaluationSearch, filterOf } from './search.ts';

interface JudgementsProps {
  evaluation: Evaluation;
  search: EvaluationSearch;
  onShow: (search: EvaluationSearch) => void;
}

export function Judgements({ evaluation, search, onShow }: JudgementsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useInfiniteQuery(judgementsQuery(evaluation.id, filterOf(search)));
  const { data, error, refetch } = query;
  const total = data?.pages[0].total;
  const nameOf = (category: string) =>
    category === 'none'
      ? t('evaluations.confusion.none')
      : (evaluation.classes.find(({ categoryId }) => String(categoryId) === category)?.name ??
        category);
  const { outcome, truth, predicted, score } = search;
  const chosen = [
    outcome !== undefined && t(`evaluations.outcomes.${outcome}`),
    truth !== undefined && t('evaluations.chosen.truth', { name: nameOf(truth) }),
    predicted !== undefined && t('evaluations.chosen.predicted', { name: nameOf(predicted) }),
    score !== undefined && t('evaluations.chosen.score', { score }),
  ].filter((words) => words !== false);
  return (
    <section aria-label={t('evaluations.judgements')}>
      <Group gap="sm" mb="xs">
        <Text fw={600} component="h2" size="md">
          {chosen.length === 0 ? t('evaluations.judgements') : chosen.join(' · ')}
        </Text>
        {chosen.length > 0 && (
          <CloseButton size="sm" aria-label={t('evaluations.showAll')} onClick={() => onShow({})} />
        )}
        <Text size="sm" c="dimmed" className="digits" role="status">
          {total !== undefined && format.count(total)}
        </Text>
        <Legend />
      </Group>
      {error !== null && data === undefined && <ErrorView error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Loader />}
      {total === 0 && (
        <Center p="xl">
          <Group gap="xs" c="dimmed">
            <IconChecks size={20} />
            <Text size="sm">{t('evaluations.nothing')}</Text>
          </Group>
        </Center>
      )}
      <div className="judgements">
        {data?.pages
          .flatMap(({ items }) => items)
          .map((judgement) => (
            <JudgementCard
              key={judgement.position}
              judgement={judgement}
              classes={evaluation.classes}
              datasetId={evaluation.dataset.datasetId}
            />
          ))}
      </div>
      <MoreButton query={query} />
    </section>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <span className="judgement-legend">
      <span className="truth-key" aria-hidden /> {t('evaluations.truth')}
      <span className="found-key" aria-hidden /> {t('evaluations.found')}
    </span>
  );
}
