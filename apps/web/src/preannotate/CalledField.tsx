// Classes that are called otherwise in the dataset, where it is not known which there are: the model answers elsewhere.

import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function CalledField({
  value,
  onChange,
}: {
  value: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('preannotate.called')}
      description={t('preannotate.calledHelp')}
      placeholder="erythrocyte = RBC"
      autosize
      minRows={1}
      maxRows={6}
      spellCheck={false}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** @example categoriesByLine('erythrocyte = RBC') // { erythrocyte: 'RBC' } */
export const categoriesByLine = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [name, category] = line.split('=').map((part) => part.trim());
      return name && category ? [[name, category]] : [];
    }),
  );
