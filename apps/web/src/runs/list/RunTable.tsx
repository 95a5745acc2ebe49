// Runs as rows: what is chosen is chosen by its box, a name opens its run, a head orders by its column.

import { Checkbox, Table, Text, UnstyledButton } from '@mantine/core';
import type { Run } from '@migaki/api';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LinkAnchor } from '../../shell/links.tsx';
import { nextSort, type RunColumn } from '../run-columns.ts';
import { useRunWords } from '../use-run-words.ts';
import { columnName, isNumeric } from './column-name.ts';
import { RunCell } from './RunCell.tsx';

interface RunTableProps {
  runs: readonly Run[];
  columns: readonly RunColumn[];
  sort: string;
  onSort: (sort: string) => void;
  chosen: ReadonlySet<number>;
  onChoose: (ids: readonly number[], isChosen: boolean) => void;
}

export function RunTable(props: RunTableProps) {
  const { runs, columns, sort, onSort, chosen, onChoose } = props;
  const { t } = useTranslation();
  const words = useRunWords();
  const ids = runs.map(({ id }) => id);
  const chosenHere = ids.filter((id) => chosen.has(id)).length;
  const head = (column: RunColumn | 'name', label: string) => {
    const isUp = sort === column;
    const isDown = sort === `-${column}`;
    const Arrow = isUp ? IconArrowUp : IconArrowDown;
    const arrow = <Arrow size={13} style={{ visibility: isUp || isDown ? 'visible' : 'hidden' }} />;
    return (
      <Table.Th
        key={column}
        ta={isNumeric(column) ? 'right' : 'left'}
        aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}
      >
        <UnstyledButton
          className="run-head"
          onClick={() => onSort(nextSort(column, sort))}
          title={t('runs.list.sortBy', { column: label })}
        >
          {isNumeric(column) && arrow}
          {label}
          {!isNumeric(column) && arrow}
        </UnstyledButton>
      </Table.Th>
    );
  };
  return (
    <Table.ScrollContainer minWidth={420} className="run-table">
      <Table stickyHeader highlightOnHover verticalSpacing={6} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={34}>
              <Checkbox
                size="xs"
                aria-label={t('runs.list.chooseAll')}
                checked={chosenHere > 0 && chosenHere === ids.length}
                indeterminate={chosenHere > 0 && chosenHere < ids.length}
                onChange={({ currentTarget }) => onChoose(ids, currentTarget.checked)}
              />
            </Table.Th>
            {head('name', t('runs.columns.name'))}
            {columns.map((column) => head(column, columnName(column, t, words)))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <Table.Tr key={run.id} data-chosen={chosen.has(run.id) || undefined}>
              <Table.Td>
                <Checkbox
                  size="xs"
                  aria-label={t('runs.list.choose', { name: run.name })}
                  checked={chosen.has(run.id)}
                  onChange={({ currentTarget }) => onChoose([run.id], currentTarget.checked)}
                />
              </Table.Td>
              <Table.Td className="run-name">
                <LinkAnchor to="/runs/$runId" params={{ runId: String(run.id) }} size="sm" fw={500}>
                  {run.name}
                </LinkAnchor>
                {run.notes !== '' && (
                  <Text size="xs" c="dimmed" lineClamp={1} title={run.notes}>
                    {run.notes}
                  </Text>
                )}
              </Table.Td>
              {columns.map((column) => (
                <Table.Td key={column} ta={isNumeric(column) ? 'right' : 'left'}>
                  <RunCell run={run} column={column} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
