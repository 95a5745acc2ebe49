import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type SectionProps, useProblemWords } from './form-fields.tsx';
import { useValueFields } from './use-value-fields.ts';

/** Where each picture has the number that is learned. */
export function ValueField(props: SectionProps & { datasetId: number | null }) {
  const { form, onChange, problems, datasetId } = props;
  const { t } = useTranslation();
  const say = useProblemWords(problems);
  return (
    <Autocomplete
      mt="sm"
      label={t('runs.train.fields.valueField')}
      description={t('runs.train.help.valueField')}
      placeholder="metadata.score"
      data={useValueFields(datasetId)}
      value={form.valueField ?? ''}
      onChange={(field) => onChange({ valueField: field.trim() || null })}
      error={say('valueField')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
