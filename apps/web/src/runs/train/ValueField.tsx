import { Autocomplete } from '@mantine/core';
import type { NumberField } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { type SectionProps, useProblemWords } from './form-fields.tsx';

/** Where each picture has the number that is learned. */
export function ValueField(props: SectionProps & { fields: readonly NumberField[] }) {
  const { form, onChange, problems, fields } = props;
  const { t } = useTranslation();
  const say = useProblemWords(problems);
  return (
    <Autocomplete
      mt="sm"
      label={t('runs.train.fields.valueField')}
      description={t('runs.train.help.valueField')}
      placeholder="metadata.score"
      data={fields.map(({ name }) => name)}
      value={form.valueField ?? ''}
      onChange={(field) => onChange({ valueField: field.trim() || null })}
      error={say('valueField')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
