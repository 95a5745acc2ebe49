import { Text } from '@mantine/core';
import type { Evaluation } from '@migaki/api';
import { useTranslation } from 'react-i18next';

/** What took no part, and why. */
export function LeftOutNotes({ evaluation: { leftOut } }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const { learnedCount, undecidedCount, problemCount, classes, categories } = leftOut;
  const notes = [
    learnedCount > 0 && t('evaluations.leftOut.learned', { count: learnedCount }),
    undecidedCount > 0 && t('evaluations.leftOut.undecided', { count: undecidedCount }),
    problemCount > 0 && t('evaluations.leftOut.problems', { count: problemCount }),
    classes.length > 0 && t('evaluations.leftOut.classes', { names: classes.join(', ') }),
    categories.length > 0 && t('evaluations.leftOut.categories', { names: categories.join(', ') }),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {notes.join(' ')}
    </Text>
  );
}
