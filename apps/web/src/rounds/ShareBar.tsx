// Parts of a whole as one bar, with what each part is and how much of it there is.

import { Text } from '@mantine/core';
import { useFormat } from '../i18n/use-format.ts';
import './share-bar.css';

export interface SharePart {
  label: string;
  count: number;
  /** CSS. */
  color: string;
}

/** Parts of which there is nothing are left out. */
export function ShareBar({ parts }: { parts: readonly SharePart[] }) {
  const format = useFormat();
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <div>
      <div className="share-bar" aria-hidden>
        {shown.map(({ label, count, color }) => (
          <span key={label} style={{ flexGrow: count, background: color }} />
        ))}
      </div>
      <ul className="share-legend">
        {shown.map(({ label, count, color }) => (
          <li key={label}>
            <span className="swatch" style={{ background: color }} aria-hidden />
            {label}: {format.count(count)}
            <Text span c="dimmed" size="xs">
              {format.percent(count / total)}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
