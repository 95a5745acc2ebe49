import { useFormat } from '../i18n/use-format.ts';
import './preannotate.css';

interface ShareRangeProps {
  share: number;
  low: number;
  high: number;
  /** Marked, beside what was measured. */
  wanted: number;
  title: string;
}

/** Where the line begins: less is never wanted. */
const least = 0.5;

/** A share, between what it may lie in truth, and what was wanted, on a line that ends at 1. */
export function ShareRange({ share, low, high, wanted, title }: ShareRangeProps) {
  const { percent } = useFormat();
  const at = (value: number) => `${(100 * Math.max(0, value - least)) / (1 - least)}%`;
  return (
    <div className="share-range" title={title}>
      <span className="digits">{percent(share)}</span>
      <div className="share-range-line" aria-hidden>
        <div
          className="share-range-between"
          style={{ left: at(low), right: at(1 + least - high) }}
        />
        <div className="share-range-share" style={{ left: at(share) }} />
        <div className="share-range-wanted" style={{ left: at(wanted) }} />
      </div>
    </div>
  );
}
