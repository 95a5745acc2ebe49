// Classes that are called otherwise in the dataset, where it is not known which there are: the model answers elsewhere.

import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { datasetQuery } from '../server/queries.ts';

interface CalledFieldProps {
  datasetId: number;
  value: string;
  onChange: (text: string) => void;
}

export function CalledField({ datasetId, value, onChange }: CalledFieldProps) {
  const { t } = useTranslation();
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const category = dataset?.categories[0]?.name;
  return (
    <Textarea
      label={t('preannotate.called')}
      description={t('preannotate.calledHelp')}
      placeholder={category && `class_1 = ${category}`}
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
