// What a training begins from: nothing, a model of the registry, an ONNX file, or one of a model hub.

import { FileInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModelReferences } from '../use-model-references.ts';
import { FormNumber, type SectionProps, useProblemWords } from './form-fields.tsx';
import type { TrainForm } from './train-form.ts';

const ways = [
  'scratch',
  'model',
  'file',
  'hub',
] as const satisfies readonly TrainForm['beginFrom'][];

export function BeginSection(section: SectionProps) {
  const { form, onChange, problems } = section;
  const { t } = useTranslation();
  const say = useProblemWords(problems);
  const models = useModelReferences()?.map(({ reference }) => reference) ?? [];
  const offered =
    form.model !== null && !models.includes(form.model) ? [form.model, ...models] : models;
  return (
    <Stack gap="xs">
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={t('runs.train.begin')}
        data={ways.map((value) => ({ value, label: t(`runs.train.beginFrom.${value}`) }))}
        value={form.beginFrom}
        onChange={(beginFrom) => onChange({ beginFrom: beginFrom as TrainForm['beginFrom'] })}
      />
      <Text size="xs" c="dimmed">
        {t(`runs.train.beginHelp.${form.beginFrom}`)}
      </Text>
      {form.beginFrom === 'model' && (
        <Select
          searchable
          label={t('runs.train.fields.model')}
          placeholder={t('runs.train.chooseModel')}
          nothingFoundMessage={t('models.none')}
          data={offered}
          value={form.model}
          onChange={(model) => onChange({ model })}
          error={say('model')}
        />
      )}
      {form.beginFrom === 'file' && (
        <FileInput
          size="sm"
          multiple
          label={t('runs.train.fields.files')}
          description={t('runs.train.help.files')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('runs.train.chooseFile')}
          clearable
          leftSection={<IconFile size={16} />}
          value={[...form.files]}
          onChange={(files) => onChange({ files })}
          error={say('files')}
        />
      )}
      {form.beginFrom === 'hub' && (
        <TextInput
          label={t('runs.train.fields.hubName')}
          description={t('runs.train.hubHelp')}
          placeholder="owner/repository"
          value={form.hubName}
          onChange={({ currentTarget }) => onChange({ hubName: currentTarget.value })}
          error={say('hubName')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      )}
      {form.beginFrom !== 'scratch' && (
        <FormNumber
          {...section}
          field="freeze"
          placeholder={t('runs.train.freezeAll')}
          description={t('runs.train.help.freeze')}
        />
      )}
    </Stack>
  );
}
