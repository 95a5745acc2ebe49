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

/** A share, between what it may lie in truth, and what was wanted, on a line from 0 to 1. */
export function ShareRange({ share, low, high, wanted, title }: ShareRangeProps) {
  const { percent } = useFormat();
  const at = (value: number) => `${100 * value}%`;
  return (
    <div className="share-range" title={title}>
      <span className="digits">{percent(share)}</span>
      <div className="share-range-line" aria-hidden>
        <div className="share-range-between" style={{ left: at(low), right: at(1 - high) }} />
        <div className="share-range-share" style={{ left: at(share) }} />
        <div className="share-range-wanted" style={{ left: at(wanted) }} />
      </div>
    </div>
  );
}
