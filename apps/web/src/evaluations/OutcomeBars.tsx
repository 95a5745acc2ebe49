// What became of the objects: a bar each, which shows its own when it is clicked.

import { Paper, Text, UnstyledButton } from '@mantine/core';
import { type Evaluation, type Outcome, outcomes } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { outcomeColors } from './outcome-colors.ts';
import type { EvaluationSearch } from './search.ts';

interface OutcomeBarsProps {
  evaluation: Evaluation;
  shown: Outcome | undefined;
  onShow: (search: EvaluationSearch) => void;
}

export function OutcomeBars({ evaluation, shown, onShow }: OutcomeBarsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { scoreThreshold, task } = evaluation;
  const counts = outcomes.map((outcome) => ({ outcome, count: evaluation.outcomes[outcome] ?? 0 }));
  const most = Math.max(1, ...counts.map(({ count }) => count));
  if (task === 'regress') return null;
  return (
    <Paper withBorder className="chart-card">
      <Text size="sm" fw={600} component="h2" mb={6}>
        {t('evaluations.outcomes.title')}
      </Text>
      {scoreThreshold !== null && (
        <Text size="xs" c="dimmed" mb="xs">
          {t('evaluations.outcomes.from', { score: format.number(round(scoreThreshold)) })}
        </Text>
      )}
      {counts
        .filter(({ count }) => count > 0)
        .map(({ outcome, count }) => (
          <UnstyledButton
            key={outcome}
            className="outcome-bar"
            aria-pressed={shown === outcome}
            title={t(`evaluations.outcomes.help.${outcome}`)}
            onClick={() => onShow(shown === outcome ? {} : { outcome })}
          >
            <span>{t(`evaluations.outcomes.${outcome}`)}</span>
            <span className="digits">{format.count(count)}</span>
            <span className="outcome-track">
              <span
                style={{ width: `${(100 * count) / most}%`, background: outcomeColors[outcome] }}
              />
            </span>
          </UnstyledButton>
        ))}
    </Paper>
  );
}

const round = (score: number): number => Math.round(score * 1000) / 1000;
