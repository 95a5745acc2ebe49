// How far the work on a picture is, all choices in sight; the one that holds is named.

import { SegmentedControl, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Status, StatusIcon, statuses } from './StatusIcon.tsx';

interface StatusControlProps {
  value: Status;
  onChange: (status: Status) => void;
}

export function StatusControl({ value, onChange }: StatusControlProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      value={value}
      aria-label={t('bulk.status')}
      onChange={(status) => onChange(status as Status)}
      data={statuses.map((status) => ({
        value: status,
        label: (
          <Tooltip label={t(`statuses.${status}`)}>
            <span className="icon-choice">
              <StatusIcon status={status} />
              {value === status && <span>{t(`statuses.${status}`)}</span>}
            </span>
          </Tooltip>
        ),
      }))}
    />
  );
}
