// How large the network is, how long it learns, and by what it is measured.

import { Group, Input, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import type { DatasetSummary } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { FormNumber, type SectionProps, useProblemWords } from './form-fields.tsx';
import { networkSizes, type TrainForm } from './train-form.ts';

interface EffortSectionProps extends SectionProps {
  /** Those that may validate. */
  datasets: readonly DatasetSummary[];
}

export function EffortSection({ datasets, ...section }: EffortSectionProps) {
  const { form, onChange, problems } = section;
  const { t } = useTranslation();
  const say = useProblemWords(problems);
  const isFromScratch = form.beginFrom === 'scratch';
  return (
    <Stack gap="md">
      <Input.Wrapper label={t('runs.train.fields.size')}>
        <SegmentedControl
          fullWidth
          size="sm"
          data={networkSizes.map((value) => ({ value, label: t(`runs.sizes.${value}`) }))}
          value={form.size}
          onChange={(size) => onChange({ size: size as TrainForm['size'] })}
          disabled={!isFromScratch}
          aria-label={t('runs.train.fields.size')}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {t(`runs.train.sizeHelp.${isFromScratch ? form.size : 'imported'}`)}
        </Text>
      </Input.Wrapper>
      <Input.Wrapper label={t('runs.train.budget')}>
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <FormNumber
            {...section}
            field={form.budget}
            label={null}
            w={110}
            aria-label={t(`runs.train.fields.${form.budget}`)}
          />
          <SegmentedControl
            size="sm"
            data={(['minutes', 'epochs'] as const).map((value) => ({
              value,
              label: t(`runs.train.fields.${value}`),
            }))}
            value={form.budget}
            onChange={(budget) => onChange({ budget: budget as TrainForm['budget'] })}
            aria-label={t('runs.train.budget')}
          />
        </Group>
        <Text size="xs" c="dimmed" mt={4}>
          {t(`runs.train.budgetHelp.${form.budget}`)}
        </Text>
      </Input.Wrapper>
      <Input.Wrapper label={t('runs.train.validation')}>
        <Group gap="xs" align="flex-start">
          <SegmentedControl
            size="sm"
            data={[
              { value: 'split', label: t('runs.train.validateWith.split') },
              {
                value: 'dataset',
                label: t('runs.train.validateWith.dataset'),
                disabled: datasets.length === 0,
              },
            ]}
            value={form.validateWith}
            onChange={(validateWith) =>
              onChange({ validateWith: validateWith as TrainForm['validateWith'] })
            }
            aria-label={t('runs.train.validation')}
          />
          {form.validateWith === 'split' ? (
            <FormNumber
              {...section}
              field="split"
              label={null}
              w={110}
              suffix=" %"
              aria-label={t('runs.train.fields.split')}
            />
          ) : (
            <Select
              flex={1}
              miw={160}
              searchable
              aria-label={t('runs.train.validateWith.dataset')}
              placeholder={t('runs.train.chooseDataset')}
              data={datasets.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={form.validationDatasetId === null ? null : String(form.validationDatasetId)}
              onChange={(value) =>
                onChange({ validationDatasetId: value === null ? null : Number(value) })
              }
              error={say('validationDatasetId')}
            />
          )}
        </Group>
        <Text size="xs" c="dimmed" mt={4}>
          {t(`runs.train.validationHelp.${form.validateWith}`)}
        </Text>
      </Input.Wrapper>
    </Stack>
  );
}
