// What a model, or models on a dataset, came to: a line each, which leads to the page of it.

import { Text } from '@mantine/core';
import type { EvaluationSummary } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useRunWords } from '../runs/use-run-words.ts';
import { LinkAnchor } from '../shell/links.tsx';
import './evaluations.css';

interface EvaluationListProps {
  evaluations: readonly EvaluationSummary[];
  /** What each line is called by. */
  named: 'model' | 'dataset';
}

export function EvaluationList({ evaluations, named }: EvaluationListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  return evaluations.map(({ id, modelName, dataset, metrics, primaryMetric, ...rest }) => (
    <div key={id} className="evaluation-line">
      <LinkAnchor
        inherit
        to="/evaluations/$evaluationId"
        params={{ evaluationId: String(id) }}
        search={{}}
      >
        {named === 'model' ? modelName : `${dataset.name} · ${dataset.version}`}
      </LinkAnchor>
      <Text size="sm" className="digits">
        {metrics[primaryMetric] !== undefined &&
          `${words.metric(primaryMetric)} ${words.score(primaryMetric, metrics[primaryMetric])}`}
      </Text>
      <Text size="xs" c="dimmed">
        #{id} · {t('evaluations.pictures', { count: rest.imageCount })}
        {dataset.query !== undefined && ` · ${dataset.query}`}
        {rest.isTrainedOn && ` · ${t('evaluations.seen')}`} · {format.ago(rest.createdAt)}
      </Text>
    </div>
  ));
}
