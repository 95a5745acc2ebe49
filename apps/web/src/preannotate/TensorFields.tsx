// How tensors of a model are made and read, where their names and shapes do not tell it.

import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { type TensorOptions, tensorOptions } from '@migaki/api';
import { useTranslation } from 'react-i18next';

interface TensorFieldsProps {
  options: TensorOptions;
  onChange: (options: TensorOptions) => void;
}

const names = ['input', 'boxes', 'scores', 'labels', 'count'] as const;
const choices = ['boxFormat', 'boxUnit', 'activation', 'normalisation', 'fit'] as const;

export function TensorFields({ options, onChange }: TensorFieldsProps) {
  const { t } = useTranslation();
  const change = (field: keyof TensorOptions, value: string | null) =>
    onChange({ ...options, [field]: value || undefined });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {names.map((field) => (
        <TextInput
          key={field}
          label={t(`preannotate.endpoint.tensors.${field}`)}
          placeholder={t('preannotate.endpoint.byItself')}
          spellCheck={false}
          value={options[field] ?? ''}
          onChange={({ currentTarget }) => change(field, currentTarget.value)}
        />
      ))}
      {choices.map((field) => (
        <Select
          key={field}
          label={t(`preannotate.endpoint.tensors.${field}`)}
          placeholder={t('preannotate.endpoint.byItself')}
          data={tensorOptions.shape[field].unwrap().options.map((value) => ({
            value,
            label: t(`preannotate.endpoint.choices.${field}.${value}` as never),
          }))}
          value={options[field] ?? null}
          onChange={(value) => change(field, value)}
          clearable
        />
      ))}
    </SimpleGrid>
  );
}
