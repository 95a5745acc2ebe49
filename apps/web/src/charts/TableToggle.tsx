import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface TableToggleProps {
  /** Of the chart. */
  title: string;
  isTable: boolean;
  onChange: (isTable: boolean) => void;
  chartIcon: ReactNode;
}

/** Shows the numbers of a chart as a table, and back. */
export function TableToggle({ title, isTable, onChange, chartIcon }: TableToggleProps) {
  const { t } = useTranslation();
  const label = t(isTable ? 'statistics.asChart' : 'statistics.asTable');
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={`${label}: ${title}`} onClick={() => onChange(!isTable)}>
        {isTable ? chartIcon : <IconTable size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
