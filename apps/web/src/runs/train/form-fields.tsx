// Fields that the sections of the form share.

import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { type NumberField, numberFields, type Problems, type TrainForm } from './train-form.ts';

/** What each section gets. */
export interface SectionProps {
  form: TrainForm;
  onChange: (changed: Partial<TrainForm>) => void;
  /** Those to be shown: that something is missing is said once somebody wants to start. */
  problems: Problems;
}

/** Words for what is wrong with a field. */
export function useProblemWords(problems: Problems) {
  const { t } = useTranslation();
  const format = useFormat();
  return (field: keyof TrainForm): string | undefined => {
    const problem = problems[field];
    if (problem === undefined) return undefined;
    if (problem !== 'range') return t(`runs.train.problems.${problem}`);
    const { least, greatest } = numberFields[field as NumberField];
    return t('runs.train.problems.range', {
      least: format.number(least),
      greatest: format.count(greatest),
    });
  };
}

interface FormNumberProps extends SectionProps, Omit<NumberInputProps, 'form' | 'onChange'> {
  field: NumberField;
}

/** Empty is chosen by the workbench, unless the field has a value of its own. */
export function FormNumber({ field, form, onChange, problems, ...props }: FormNumberProps) {
  const { t } = useTranslation();
  const say = useProblemWords(problems);
  return (
    <NumberInput
      size="sm"
      label={t(`runs.train.fields.${field}`)}
      placeholder={t('runs.train.automatic')}
      value={form[field]}
      onChange={(value) => onChange({ [field]: value })}
      error={say(field)}
      min={0}
      allowNegative={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...props}
    />
  );
}
