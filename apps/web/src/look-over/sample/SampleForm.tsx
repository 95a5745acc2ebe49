// Of which category, from which score on, and how large a sample: with how many proposals that is about.

import { Alert, Button, Group, NumberInput, Select, Slider, Stack, Text } from '@mantine/core';
import type { ProposalCheck } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client } from '../../server/client.ts';
import { datasetQuery } from '../../server/queries.ts';
import { notifyError } from '../../shell/ErrorView.tsx';

interface SampleFormProps {
  datasetId: number;
  query: string;
  scores: {
    categories: readonly { categoryId: number; counts: readonly number[] }[];
    unfinishedId: number | null;
  };
  onDrawn: (check: ProposalCheck) => void;
  onClose: () => void;
}

const usualScore = 0.8;
const usualSize = 20;
/** Of the scores, from 0 to 1. */
const steps = 20;

export function SampleForm({ datasetId, query, scores, onDrawn, onClose }: SampleFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const totalOf = (counts: readonly number[], from = 0) =>
    counts.slice(from).reduce((sum, count) => sum + count, 0);
  const choices = scores.categories.toSorted((a, b) => totalOf(b.counts) - totalOf(a.counts));
  const [categoryId, setCategoryId] = useState(choices[0]?.categoryId ?? null);
  const [score, setScore] = useState(usualScore);
  const [size, setSize] = useState<number | string>(usualSize);
  const [isWaiting, setWaiting] = useState(false);
  const counts = choices.find((each) => each.categoryId === categoryId)?.counts ?? [];
  const from = Math.round(score * steps);
  const count = totalOf(counts, from);
  const most = Math.max(1, ...counts);
  const nameOf = (id: number) =>
    dataset?.categories.find((category) => category.id === id)?.name ?? String(id);
  const run = (call: () => Promise<ProposalCheck>) => {
    setWaiting(true);
    call()
      .then(onDrawn, notifyError)
      .finally(() => setWaiting(false));
  };
  const { unfinishedId } = scores;
  return (
    <Stack gap="md">
      <Text size="sm">{t('lookOver.sample.explained')}</Text>
      {query !== '' && (
        <Text size="sm" c="dimmed">
          {t('export.matching', { query })}
        </Text>
      )}
      {unfinishedId !== null && (
        <Alert color="blue" py="xs">
          <Group justify="space-between">
            <Text size="sm">{t('lookOver.sample.unfinished')}</Text>
            <Button
              size="compact-sm"
              loading={isWaiting}
              onClick={() =>
                run(() => client.getProposalCheck({ params: { datasetId, checkId: unfinishedId } }))
              }
            >
              {t('lookOver.goOn')}
            </Button>
          </Group>
        </Alert>
      )}
      {choices.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('lookOver.nothingAdvice')}
        </Text>
      ) : (
        <>
          <Select
            label={t('lookOver.sample.category')}
            data={choices.map((each) => ({
              value: String(each.categoryId),
              label: `${nameOf(each.categoryId)} (${format.count(totalOf(each.counts))})`,
            }))}
            value={categoryId === null ? null : String(categoryId)}
            onChange={(id) => id !== null && setCategoryId(Number(id))}
            allowDeselect={false}
          />
          <div>
            <Text size="sm" fw={500}>
              {t('lookOver.sample.score')}
            </Text>
            <div className="sample-scores" aria-hidden>
              {counts.map((each, bin) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
                  key={bin}
                  data-in={bin >= from || undefined}
                  style={{ height: `${(100 * each) / most}%` }}
                />
              ))}
            </div>
            <Slider
              min={0}
              max={0.95}
              step={0.05}
              value={score}
              onChange={setScore}
              label={(value) => value.toFixed(2)}
              thumbLabel={t('lookOver.sample.score')}
            />
            <Text size="sm" c="dimmed" mt={6} role="status">
              {t('lookOver.sample.about', {
                count,
                shown: format.count(count),
                score: score.toFixed(2),
              })}
            </Text>
          </div>
          <NumberInput
            label={t('lookOver.sample.size')}
            description={t('lookOver.sample.sizeHelp')}
            min={5}
            max={500}
            allowDecimal={false}
            value={size}
            onChange={setSize}
            w={220}
          />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          disabled={count === 0 || categoryId === null || !(Number(size) >= 5)}
          loading={isWaiting}
          onClick={() =>
            run(() =>
              client.drawProposalCheck({
                params: { datasetId },
                body: { categoryId: categoryId!, score: from / steps, size: Number(size), query },
              }),
            )
          }
        >
          {t('lookOver.sample.draw')}
        </Button>
      </Group>
    </Stack>
  );
}
