// One column for each run. What differs stands on a ground of its own; the best of a metric is marked.

import { Table, Text } from '@mantine/core';
import { IconTrophy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { client } from '../../server/client.ts';
import { LinkAnchor } from '../../shell/links.tsx';
import { curveColor } from '../curves/curve.ts';
import { RunCell } from '../list/RunCell.tsx';
import { settingOf } from '../run-columns.ts';
import { useRunWords } from '../use-run-words.ts';

export type Comparison = Awaited<ReturnType<typeof client.compareRuns>>;

interface CompareTableProps {
  comparison: Comparison;
  /** Leaves out settings that all have alike. */
  isOnlyDifferent: boolean;
}

/** Task and dataset stand among the settings, where it shows whether they differ. */
const generalColumns = ['state', 'seconds', 'createdAt'] as const;

export function CompareTable({ comparison, isOnlyDifferent }: CompareTableProps) {
  const { t } = useTranslation();
  const words = useRunWords();
  const { runs, settings, metrics } = comparison;
  const shown = settings.filter(({ isSame }) => !isOnlyDifferent || !isSame);
  const hidden = settings.length - shown.length;
  const heading = (title: string, help?: ReactNode) => (
    <Table.Tr className="compare-heading">
      <Table.Th colSpan={runs.length + 1}>
        {title}
        {help !== undefined && (
          <Text span size="xs" c="dimmed" ml="xs">
            {help}
          </Text>
        )}
      </Table.Th>
    </Table.Tr>
  );
  return (
    <Table.ScrollContainer minWidth={320} className="compare-table">
      <Table fz="sm" verticalSpacing={5} withTableBorder stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            {runs.map((run, index) => (
              <Table.Th key={run.id}>
                <span className="compared-name">
                  <span className="swatch" style={{ background: curveColor(index) }} aria-hidden />
                  <LinkAnchor to="/runs/$runId" params={{ runId: String(run.id) }} size="sm">
                    {run.name}
                  </LinkAnchor>
                </span>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {heading(t('runs.list.metrics'))}
          {metrics.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={runs.length + 1} c="dimmed">
                {t('runs.compare.noMetrics')}
              </Table.Td>
            </Table.Tr>
          )}
          {metrics.map(({ name, values, best, isMoreBetter }) => (
            <Table.Tr key={name}>
              <Table.Th title={words.metricHelp(name) || undefined}>
                {words.metric(name)}
                <Text span size="xs" c="dimmed" ml={6}>
                  {isMoreBetter === null
                    ? ''
                    : t(isMoreBetter ? 'runs.compare.more' : 'runs.compare.less')}
                </Text>
              </Table.Th>
              {values.map((value, index) => {
                const isBest = runs.length > 1 && best.includes(index);
                return (
                  <Table.Td key={runs[index].id} fw={isBest ? 700 : 400} className="digits">
                    {value === null ? '–' : words.score(name, value)}
                    {isBest && (
                      <IconTrophy
                        size={13}
                        className="best-mark"
                        aria-label={t('runs.curves.best')}
                      />
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
          {heading(
            t('runs.list.settings'),
            hidden > 0 ? t('runs.compare.hidden', { count: hidden }) : undefined,
          )}
          {shown.map(({ name, values, isSame }) => (
            <Table.Tr key={name} data-differs={(!isSame && runs.length > 1) || undefined}>
              <Table.Th>{words.setting(name)}</Table.Th>
              {values.map((value, index) => (
                <Table.Td key={runs[index].id}>
                  {/* Settled to be none says something, as of the size of an imported network; to have none does not. */}
                  {words.value(name, value ?? settingOf(runs[index], name))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {heading(t('runs.list.general'))}
          {generalColumns.map((column) => (
            <Table.Tr key={column}>
              <Table.Th>{t(`runs.columns.${column}`)}</Table.Th>
              {runs.map((run) => (
                <Table.Td key={run.id}>
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
