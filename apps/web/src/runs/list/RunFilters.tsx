// What the list of runs is narrowed to.

import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { runStates, trainTasks } from '@migaki/api';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Ref, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetsQuery } from '../../server/queries.ts';
import type { RunsSearch } from '../search.ts';

const typingMillis = 250;

interface RunFiltersProps {
  ref: Ref<HTMLInputElement>;
  search: RunsSearch;
  onChange: (changed: Partial<RunsSearch>) => void;
}

export function RunFilters({ ref, search, onChange }: RunFiltersProps) {
  const { t } = useTranslation();
  const { data: datasets = [] } = useQuery(datasetsQuery());
  const [typed, setTyped] = useState(search.q ?? '');
  const ask = useDebouncedCallback(
    (q: string) => onChange({ q: q.trim() || undefined }),
    typingMillis,
  );
  // The address was changed elsewhere, as by the browser's way back.
  useEffect(() => setTyped(search.q ?? ''), [search.q]);
  return (
    <>
      <TextInput
        ref={ref}
        size="xs"
        w={190}
        placeholder={t('runs.list.search')}
        aria-label={t('runs.list.search')}
        leftSection={<IconSearch size={14} />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          ask(currentTarget.value);
        }}
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
      <Select
        size="xs"
        w={140}
        clearable
        placeholder={t('runs.list.anyTask')}
        aria-label={t('runs.columns.task')}
        data={trainTasks.map((value) => ({ value, label: t(`runs.tasks.${value}.name`) }))}
        value={search.task ?? null}
        onChange={(value) => onChange({ task: (value ?? undefined) as RunsSearch['task'] })}
      />
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
