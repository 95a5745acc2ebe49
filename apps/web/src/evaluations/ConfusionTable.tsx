// Which class is taken for which: a cell shows its own when it is clicked.

import { Paper, Text, UnstyledButton } from '@mantine/core';
import type { Evaluation } from '@migaki/api';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import type { EvaluationSearch } from './search.ts';

/** Beyond this many a matrix is a carpet. */
const mostClasses = 30;

interface ConfusionTableProps {
  evaluation: Evaluation;
  search: EvaluationSearch;
  onShow: (search: EvaluationSearch) => void;
}

export function ConfusionTable({ evaluation, search, onShow }: ConfusionTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { confusion, classes } = evaluation;
  if (confusion.length === 0) return null;
  // The last one is what is none; of classes of pictures it is empty.
  const usesNone = confusion.some(
    (row, i) => row.at(-1)! > 0 || (i === classes.length && row.some((count) => count > 0)),
  );
  const sides = [
    ...classes.map(({ categoryId, name }) => ({ value: String(categoryId), name })),
    ...(usesNone ? [{ value: 'none', name: t('evaluations.confusion.none') }] : []),
  ];
  if (sides.length > mostClasses) return null;
  const rowSums = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return (
    <Paper withBorder className="chart-card">
      <Text size="sm" fw={600} component="h2">
        {t('evaluations.confusion.title')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('evaluations.confusion.explained')}
      </Text>
      <div className="confusion-scroll">
        <div
          className="confusion"
          style={{
            gridTemplateColumns: `minmax(60px, auto) repeat(${sides.length}, minmax(52px, 1fr))`,
          }}
        >
          <span />
          {sides.map(({ value, name }) => (
            <span key={value} className="confusion-head" title={name}>
              {name}
            </span>
          ))}
          {sides.map((truth, i) => (
            <Fragment key={truth.value}>
              <span className="confusion-side" title={truth.name}>
                {truth.name}
              </span>
              {sides.map((predicted, j) => {
                const count = confusion[i][j];
                const share = rowSums[i] === 0 ? 0 : count / rowSums[i];
                const isShown =
                  search.truth === truth.value && search.predicted === predicted.value;
                return (
                  <UnstyledButton
                    key={predicted.value}
                    className="confusion-cell digits"
                    data-right={i === j || undefined}
                    disabled={count === 0}
                    aria-pressed={isShown}
                    aria-label={t('evaluations.confusion.cell', {
                      truth: truth.name,
                      predicted: predicted.name,
                      count,
                    })}
                    style={{ '--share': share }}
                    onClick={() =>
                      onShow(isShown ? {} : { truth: truth.value, predicted: predicted.value })
                    }
                  >
                    {count === 0 ? '·' : format.count(count)}
                  </UnstyledButton>
                );
              })}
            </Fragment>
          ))}
        </div>
      </div>
    </Paper>
  );
}
