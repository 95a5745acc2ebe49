// What will happen, in words, before anybody starts it.

import { Stack, Text } from '@mantine/core';
import type { Facets } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { TaskOption } from './task-options.ts';
import type { TaskName, TrainForm } from './train-form.ts';

interface EstimateProps {
  form: TrainForm;
  task: TaskName | null;
  option: TaskOption | undefined;
  facets: Facets | undefined;
  /** Name of the version; null: as it is now. */
  version: string | null;
  /** Empty: all of it. */
  query: string;
  validationName: string | undefined;
}

export function Estimate(props: EstimateProps) {
  const { form, task, option, facets, version, query, validationName } = props;
  const { t } = useTranslation();
  const format = useFormat();
  if (task === null || facets === undefined) return null;
  const pictures = option?.pictureCount ?? facets.imageCount;
  const kept =
    form.validateWith === 'split'
      ? Math.max(1, Math.round((pictures * Number(form.split)) / 100))
      : 0;
  const shown = (count: number) => t('counts.pictures', { count, shown: format.count(count) });
  const lines = [
    t(`runs.train.will.${task}`, { pictures: shown(Math.max(0, pictures - kept)) }),
    form.validateWith === 'split'
      ? t('runs.train.will.validateSplit', { pictures: shown(kept) })
      : validationName !== undefined && t('runs.train.will.validateWith', { name: validationName }),
    t(`runs.train.will.begin.${form.beginFrom}`, {
      size: t(`runs.sizes.${form.size}`).toLocaleLowerCase(),
      name: form.beginFrom === 'model' ? (form.model ?? '…') : form.hubName || '…',
    }),
    form.budget === 'minutes'
      ? t('runs.train.will.minutes', { time: format.duration(Number(form.minutes) * 60) })
      : t('runs.train.will.epochs', { count: Number(form.epochs) }),
    query !== '' && t('runs.train.will.onlyMatching', { query }),
    version === null ? t('runs.train.will.pinNow') : t('runs.train.will.pinVersion', { version }),
  ];
  return (
    <Stack gap={6}>
      {lines.map(
        (line) =>
          line !== false && (
            <Text key={line} size="sm">
              {line}
            </Text>
          ),
      )}
    </Stack>
  );
}
