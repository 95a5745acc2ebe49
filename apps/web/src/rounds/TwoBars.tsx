// Two amounts of one thing beside each other, the longer bar as wide as there is room.

interface Amount {
  label: string;
  value: number;
  /** As people read it. */
  shown: string;
  /** CSS. */
  color: string;
}

export function TwoBars({ amounts }: { amounts: readonly Amount[] }) {
  const greatest = Math.max(...amounts.map(({ value }) => value));
  return (
    <dl className="two-bars">
      {amounts.map(({ label, value, shown, color }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span
              className="two-bars-bar"
              style={{
                width: `${greatest === 0 ? 0 : (100 * value) / greatest}%`,
                background: color,
              }}
              aria-hidden
            />
            <span>{shown}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Of what a model has helped with, and of what people do alone. */
export const assistedColor = 'var(--mantine-color-teal-6)';
export const aloneColor = 'var(--mantine-color-gray-5)';
