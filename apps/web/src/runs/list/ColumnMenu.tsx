// Which columns a table of runs has.

import { Button, Checkbox, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconColumns3, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fixedColumns, type RunColumn } from '../run-columns.ts';
import { useRunWords } from '../use-run-words.ts';
import { columnName } from './column-name.ts';

interface ColumnMenuProps {
  /** Names that any of the runs have. */
  metrics: readonly string[];
  settings: readonly string[];
  columns: readonly RunColumn[];
  onChange: (columns: RunColumn[]) => void;
  /** Back to those that nobody has chosen. */
  onReset: () => void;
}

export function ColumnMenu({ metrics, settings, columns, onChange, onReset }: ColumnMenuProps) {
  const { t } = useTranslation();
  const words = useRunWords();
  const [wanted, setWanted] = useState('');
  const groups: { title: string; columns: RunColumn[] }[] = [
    { title: t('runs.list.general'), columns: [...fixedColumns] },
    {
      title: t('runs.list.metrics'),
      columns: metrics.map((name): RunColumn => `metric:${name}`),
    },
    {
      title: t('runs.list.settings'),
      columns: settings.map((name): RunColumn => `setting:${name}`),
    },
  ];
  const looked = wanted.trim().toLocaleLowerCase();
  const isLooked = (column: RunColumn) =>
    `${columnName(column, t, words)} ${column}`.toLocaleLowerCase().includes(looked);
  const toggle = (column: RunColumn, isShown: boolean) =>
    onChange(isShown ? [...columns, column] : columns.filter((other) => other !== column));
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} />}>
          {t('runs.list.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <TextInput
          size="xs"
          mb="xs"
          placeholder={t('filters.search')}
          aria-label={t('filters.search')}
          leftSection={<IconSearch size={14} />}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        <ScrollArea.Autosize mah="50vh" w={250} type="auto">
          {groups.map(({ title, columns: offered }) => {
            const shown = offered.filter(isLooked);
            return (
              shown.length > 0 && (
                <Stack key={title} gap={6} mb="sm">
                  <Text size="xs" fw={600} c="dimmed">
                    {title}
                  </Text>
                  {shown.map((column) => (
                    <Checkbox
                      key={column}
                      size="xs"
                      label={columnName(column, t, words)}
                      checked={columns.includes(column)}
                      onChange={({ currentTarget }) => toggle(column, currentTarget.checked)}
                    />
                  ))}
                </Stack>
              )
            );
          })}
        </ScrollArea.Autosize>
        <Button variant="subtle" size="compact-xs" onClick={onReset}>
          {t('runs.list.usualColumns')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
