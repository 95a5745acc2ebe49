// A share that a sample had, on a line from 0 to 100 %, with the stretch in which it lies in truth.

interface Rate {
  share: number;
  low: number;
  high: number;
}

export function RateLine({ rate: { share, low, high } }: { rate: Rate }) {
  const percent = (value: number) => `${100 * value}%`;
  return (
    <div className="rate-line" aria-hidden>
      <span
        className="rate-line-reach"
        style={{ left: percent(low), width: percent(high - low) }}
      />
      <span className="rate-line-mark" style={{ left: percent(share) }} />
    </div>
  );
}
