// What the list of runs is narrowed to.

import { Select } from '@mantine/core';
import { runStates } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetsQuery } from '../../server/queries.ts';
import type { RunsSearch } from '../search.ts';
import { SearchField } from './SearchField.tsx';
import { TaskSelect } from './TaskSelect.tsx';

interface RunFiltersProps {
  ref: Ref<HTMLInputElement>;
  search: RunsSearch;
  onChange: (changed: Partial<RunsSearch>) => void;
}

export function RunFilters({ ref, search, onChange }: RunFiltersProps) {
  const { t } = useTranslation();
  const { data: datasets = [] } = useQuery(datasetsQuery());
  return (
    <>
      <SearchField
        ref={ref}
        label={t('runs.list.search')}
        width={190}
        value={search.q}
        onChange={(q) => onChange({ q })}
      />
      <Select
        size="xs"
        w={130}
        clearable
        placeholder={t('runs.list.anyState')}
        aria-label={t('runs.columns.state')}
        data={runStates.map((value) => ({ value, label: t(`jobs.states.${value}`) }))}
        value={search.state ?? null}
        onChange={(value) => onChange({ state: (value ?? undefined) as RunsSearch['state'] })}
      />
      <TaskSelect value={search.task} onChange={(task) => onChange({ task })} />
      <Select
        size="xs"
        w={160}
        clearable
        searchable
        placeholder={t('runs.list.anyDataset')}
        aria-label={t('runs.columns.dataset')}
        data={datasets.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={search.dataset ?? null}
        onChange={(value) => onChange({ dataset: value ?? undefined })}
      />
    </>
  );
}
