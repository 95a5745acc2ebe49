// The values of one filter. A click chooses, the minus leaves out; long lists can be searched and are virtual.

import { ActionIcon, Checkbox, TextInput } from '@mantine/core';
import { IconMinus, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { ChosenValues } from '../query/query-text.ts';

export interface FacetValue {
  value: string;
  label: string;
  /** Undefined while it is on its way. */
  count: number | undefined;
  sign?: ReactNode;
}

interface FacetListProps {
  label: string;
  values: readonly FacetValue[];
  chosen: ChosenValues;
  onToggle: (value: string, how: 'include' | 'exclude') => void;
}

/** CSS pixels. */
const rowHeight = 26;
const shownRows = 9;

export function FacetList({ label, values, chosen, onToggle }: FacetListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [wanted, setWanted] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  // What the query names stays visible, though nothing may have it any more.
  const known = new Set(values.map(({ value }) => value));
  const orphans = [...chosen.included, ...chosen.excluded]
    .filter((value) => !known.has(value))
    .map((value) => ({ value, label: value, count: 0, sign: undefined }));
  const shown = [...orphans, ...values].filter((each) =>
    each.label.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()),
  );
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  return (
    <>
      {values.length > shownRows && (
        <TextInput
          size="xs"
          mb={4}
          placeholder={t('filters.search')}
          aria-label={`${label}: ${t('filters.search')}`}
          leftSection={<IconSearch size={12} />}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      )}
      <div ref={scroller} className="facet-scroller" style={{ maxHeight: rowHeight * shownRows }}>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const { value, label, count, sign } = shown[index];
            const isIncluded = chosen.included.includes(value);
            const isExcluded = chosen.excluded.includes(value);
            return (
              <div
                key={value}
                className="facet"
                data-excluded={isExcluded || undefined}
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              >
                <Checkbox
                  size="xs"
                  checked={isIncluded || isExcluded}
                  color={isExcluded ? 'red' : undefined}
                  indeterminate={isExcluded}
                  onChange={() => onToggle(value, isExcluded ? 'exclude' : 'include')}
                  label={
                    <span className="facet-label" title={label}>
                      {sign}
                      <span>{label}</span>
                    </span>
                  }
                />
                <ActionIcon
                  className="facet-exclude"
                  size="xs"
                  aria-label={t('filters.exclude', { value: label })}
                  title={t('filters.exclude', { value: label })}
                  onClick={() => onToggle(value, 'exclude')}
                >
                  <IconMinus size={12} />
                </ActionIcon>
                <span className="facet-count">{count !== undefined && format.compact(count)}</span>
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
