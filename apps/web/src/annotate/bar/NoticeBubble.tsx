// What the person is told about what they did, for a moment, where they look.

import { Paper, Text } from '@mantine/core';
import { type NoticeCode, noticeCodes } from '@migaki/annotator';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** What only the page can tell. */
const ownCodes = ['last-picture', 'first-picture', 'none-doubtful', 'nothing-there'] as const;
export type NoticeText = NoticeCode | (typeof ownCodes)[number];

export const allNotices: readonly NoticeText[] = [...noticeCodes, ...ownCodes];

const shownMillis = 5000;

interface Shown {
  readonly text: NoticeText;
  /** Of the notice: the same one again starts its time anew. */
  readonly count: number;
}

export function useNotices() {
  const [shown, setShown] = useState<Shown | null>(null);
  const notify = useCallback(
    (text: NoticeText) => setShown((before) => ({ text, count: (before?.count ?? 0) + 1 })),
    [],
  );
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), shownMillis);
    return () => clearTimeout(timer);
  }, [shown]);
  return { shown, notify };
}

export function NoticeBubble({ shown }: { shown: Shown | null }) {
  const { t } = useTranslation();
  return (
    <div className="annotate-notice" role="status">
      {shown !== null && (
        <Paper key={shown.count} shadow="md" px="md" py={8} radius="xl">
          <Text size="sm">{t(`annotate.notices.${shown.text}`)}</Text>
        </Paper>
      )}
    </div>
  );
}
