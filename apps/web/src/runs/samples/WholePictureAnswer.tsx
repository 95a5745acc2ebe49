// What a model says of a whole picture: its classes, or a number.

import { Progress, Text } from '@mantine/core';
import type { Sample } from '@migaki/api';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRunWords } from '../use-run-words.ts';

/** The likeliest classes that are shown. */
const mostClasses = 3;

export function WholePictureAnswer({ sample }: { sample: Sample }) {
  const { t } = useTranslation();
  const words = useRunWords();
  const { predicted, truth } = sample;
  if (predicted.value !== null) {
    const off = truth.value === null ? null : predicted.value - truth.value;
    return (
      <dl className="facts sample-facts">
        <dt>{t('runs.samples.predicted')}</dt>
        <dd>{words.number(predicted.value)}</dd>
        {truth.value !== null && (
          <>
            <dt>{t('runs.samples.true')}</dt>
            <dd>{words.number(truth.value)}</dd>
          </>
        )}
        {off !== null && (
          <>
            <dt>{t('runs.samples.off')}</dt>
            <dd>{`${off > 0 ? '+' : ''}${words.number(off)}`}</dd>
          </>
        )}
      </dl>
    );
  }
  const right = new Set(truth.objects.map(({ categoryName }) => categoryName));
  const likeliest = predicted.objects
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .slice(0, mostClasses);
  return (
    <div>
      {likeliest.map(({ categoryName, score }, index) => {
        const isRight = right.has(categoryName);
        const Mark = isRight ? IconCheck : IconX;
        return (
          <div key={categoryName} className="sample-class">
            <span>
              {(isRight || index === 0) && (
                <Mark
                  size={13}
                  color={`var(--mantine-color-${isRight ? 'teal' : 'orange'}-6)`}
                  aria-label={t(`runs.samples.verdicts.${isRight ? 'right' : 'wrong'}`)}
                />
              )}
            </span>
            <Text size="xs" truncate fw={index === 0 ? 600 : 400}>
              {categoryName}
            </Text>
            <Progress
              value={(score ?? 0) * 100}
              size="sm"
              color={isRight ? 'teal' : 'gray'}
              aria-label={categoryName}
            />
            <Text size="xs" className="digits">
              {(score ?? 0).toFixed(2)}
            </Text>
          </div>
        );
      })}
      <Text size="xs" c="dimmed">
        {t('runs.samples.true')}: {[...right].join(', ') || '–'}
      </Text>
    </div>
  );
}
