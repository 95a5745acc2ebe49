import type { Outcome } from '@migaki/api';

/** Told apart by people who do not see red and green, too: what is right is teal, what is wrong goes from yellow to red. */
export const outcomeColors: Record<Outcome, string> = {
  matched: 'var(--mantine-color-teal-6)',
  'wrong class': 'var(--mantine-color-grape-5)',
  missed: 'var(--mantine-color-orange-6)',
  'badly placed': 'var(--mantine-color-yellow-6)',
  duplicate: 'var(--mantine-color-blue-4)',
  background: 'var(--mantine-color-red-6)',
  estimated: 'var(--mantine-color-teal-6)',
};

export const isMistake = (outcome: Outcome): boolean =>
  outcome !== 'matched' && outcome !== 'estimated';
