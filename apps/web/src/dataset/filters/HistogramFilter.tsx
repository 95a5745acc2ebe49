// A number as bars: a click on one chooses its range, the fields below take any other.

import { Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { type Range, rangeOf } from '../query/query-text.ts';

interface Bin {
  from: number;
  to: number;
  count: number;
}

interface HistogramFilterProps {
  field: string;
  label: string;
  query: string;
  bins: readonly Bin[];
  onChange: (range: Range, isOpenEnded: boolean) => void;
}

export function HistogramFilter({ field, label, query, bins, onChange }: HistogramFilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const range = rangeOf(query, field);
  const highest = Math.max(1, ...bins.map(({ count }) => count));
  const overlaps = ({ from, to }: Bin) =>
    (range.from === null || to > range.from || from >= range.from) &&
    (range.to === null || from <= range.to) &&
    !(range.from !== null && to <= range.from);
  const isChosen = range.from !== null || range.to !== null;
  return (
    <>
      <div className="histogram">
        {bins.map((bin) => {
          const { from, to, count } = bin;
          const words = `${format.number(from)} – ${format.number(to)}: ${format.count(count)}`;
          return (
            <button
              type="button"
              key={from}
              className="bar"
              title={words}
              aria-label={`${label} ${words}`}
              aria-pressed={isChosen && overlaps(bin)}
              data-faded={(isChosen && !overlaps(bin)) || undefined}
              onClick={() =>
                range.from === from && range.to === to
                  ? onChange({ from: null, to: null }, false)
                  : onChange({ from, to }, true)
              }
            >
              <span
                style={{ height: `${count === 0 ? 0 : Math.max(4, (count / highest) * 100)}%` }}
              />
            </button>
          );
        })}
      </div>
      <Group gap={6} wrap="nowrap">
        {(['from', 'to'] as const).map((end) => (
          <NumberInput
            key={end}
            size="xs"
            hideControls
            aria-label={`${label}: ${t(`filters.${end}`)}`}
            placeholder={t(`filters.${end}`)}
            value={range[end] ?? ''}
            decimalScale={4}
            onBlur={({ currentTarget }) => {
              const text = currentTarget.value.trim();
              const value = text === '' || !Number.isFinite(Number(text)) ? null : Number(text);
              if (value !== range[end]) onChange({ ...range, [end]: value }, false);
            }}
            onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
          />
        ))}
      </Group>
    </>
  );
}
