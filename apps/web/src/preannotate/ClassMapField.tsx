// Which category a class of the model is, where none is called as it is.

import { Group, Input, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { datasetQuery } from '../server/queries.ts';
import { modelQuery } from '../server/run-queries.ts';

/** From the model's names to the dataset's. */
export type ClassMap = Readonly<Record<string, string>>;

interface ClassMapFieldProps {
  datasetId: number;
  model: { modelId: number; version: number };
  map: ClassMap;
  onChange: (map: ClassMap) => void;
}

/** Nothing where every class has a category, and where a dataset without any gets those of the model. */
export function ClassMapField({ datasetId, model, map, onChange }: ClassMapFieldProps) {
  const { t } = useTranslation();
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const { data } = useQuery(modelQuery(model.modelId));
  const classes = data?.versions.find(({ version }) => version === model.version)?.classes ?? [];
  const categories = dataset?.categories.map(({ name }) => name) ?? [];
  const known = new Set(categories.map((name) => name.toLowerCase()));
  const strange = classes.filter(({ name }) => !known.has(name.toLowerCase()));
  if (categories.length === 0 || strange.length === 0) return null;
  return (
    <Input.Wrapper label={t('preannotate.strangeClasses', { count: strange.length })}>
      <Stack gap={6} mt={4} mah={180} style={{ overflow: 'auto' }}>
        {strange.map(({ name }) => (
          <Group key={name} gap="xs" wrap="nowrap">
            <Text size="sm" flex={1} truncate title={name}>
              {name}
            </Text>
            <Select
              size="xs"
              flex={1}
              aria-label={t('preannotate.categoryOf', { name })}
              placeholder={t('preannotate.notProposed')}
              data={categories}
              value={map[name] ?? null}
              onChange={(category) => {
                const { [name]: _, ...others } = map;
                onChange(category === null ? others : { ...others, [name]: category });
              }}
              clearable
              searchable={categories.length > 10}
            />
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
