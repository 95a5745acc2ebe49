// Names and what they are, for people to read.

import type { ReactNode } from 'react';

interface FactListProps {
  /** What is `false` is left out. */
  facts: readonly (readonly [name: string, value: ReactNode])[];
  className: string;
}

export const FactList = ({ facts, className }: FactListProps) => (
  <dl className={className}>
    {facts.map(
      ([name, value]) =>
        value !== false && (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
    )}
  </dl>
);
