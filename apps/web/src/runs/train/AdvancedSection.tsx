// What hardly anybody needs to say. Everything here may be left to the workbench.

import { Select, SimpleGrid, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormNumber, type SectionProps } from './form-fields.tsx';
import { type Flip, findsObjects, flips, type TaskName } from './train-form.ts';

const automatic = 'auto';

export function AdvancedSection({ task, ...section }: SectionProps & { task: TaskName | null }) {
  const { form, onChange } = section;
  const { t } = useTranslation();
  const help = (
    field: 'seed' | 'learningRate' | 'batch' | 'inputSide' | 'mosaic' | 'patience',
  ) => ({
    field,
    description: t(`runs.train.help.${field}`),
  });
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <FormNumber {...section} {...help('inputSide')} step={32} suffix=" px" />
        <FormNumber {...section} {...help('batch')} />
        <FormNumber {...section} {...help('learningRate')} step={0.001} decimalScale={8} />
        <FormNumber {...section} field="weightDecay" step={0.01} decimalScale={6} />
        <FormNumber {...section} {...help('seed')} />
        <FormNumber {...section} {...help('patience')} />
        <Select
          label={t('runs.train.fields.flip')}
          data={[
            { value: automatic, label: t('runs.train.automatic') },
            ...flips.map((value) => ({ value, label: t(`runs.flips.${value}`) })),
          ]}
          value={form.flip ?? automatic}
          onChange={(value) => onChange({ flip: value === automatic ? null : (value as Flip) })}
          allowDeselect={false}
        />
        {task !== null && findsObjects(task) && (
          <FormNumber {...section} {...help('mosaic')} step={0.1} decimalScale={2} />
        )}
        {task === 'classify' && (
          <Select
            label={t('runs.train.fields.isMultiLabel')}
            data={[
              { value: automatic, label: t('runs.train.automatic') },
              { value: 'one', label: t('runs.train.multiLabel.one') },
              { value: 'several', label: t('runs.train.multiLabel.several') },
            ]}
            value={form.isMultiLabel === null ? automatic : form.isMultiLabel ? 'several' : 'one'}
            onChange={(value) =>
              onChange({ isMultiLabel: value === automatic ? null : value === 'several' })
            }
            allowDeselect={false}
          />
        )}
      </SimpleGrid>
      <Switch
        label={t('runs.train.fields.isBalanced')}
        description={t('runs.train.help.isBalanced')}
        checked={form.isBalanced}
        onChange={({ currentTarget }) => onChange({ isBalanced: currentTarget.checked })}
      />
    </Stack>
  );
}
