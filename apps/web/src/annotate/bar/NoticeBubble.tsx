// What the person is told about what they did, for a moment, where they look.

import { Paper, Text } from '@mantine/core';
import { type CommandName, type NoticeCode, noticeCodes } from '@migaki/annotator';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyHint } from './use-key-hint.ts';

/** What only the page can tell. */
const ownCodes = [
  'last-picture',
  'first-picture',
  'none-doubtful',
  'nothing-there',
  'only-proposals',
] as const;
export type NoticeText = NoticeCode | (typeof ownCodes)[number];

export const allNotices: readonly NoticeText[] = [...noticeCodes, ...ownCodes];

/** With which command what is told can be gone on with: its key is told along. */
const ways: { readonly [Text in NoticeText]?: CommandName } = {
  'three-points': 'edit.delete',
  'no-point': 'shape.to-polygon',
  'keypoints-lost': 'edit.undo',
  'no-polygon': 'shape.to-polygon',
  'crowd-is-mask': 'shape.crowd',
  'only-proposals': 'edit.accept',
  'proposals-alone': 'edit.accept',
};

const shownMillis = 5000;
/** With names to be read. */
const namesMillis = 10_000;

interface Shown {
  readonly text: NoticeText;
  readonly names: readonly string[];
  /** Of the notice: the same one again starts its time anew. */
  readonly count: number;
}

export function useNotices() {
  const [shown, setShown] = useState<Shown | null>(null);
  const notify = useCallback(
    (text: NoticeText, names: readonly string[] = []) =>
      setShown((before) => ({ text, names, count: (before?.count ?? 0) + 1 })),
    [],
  );
  useEffect(() => {
    if (shown === null) return;
    const millis = shown.names.length > 0 ? namesMillis : shownMillis;
    const timer = setTimeout(() => setShown(null), millis);
    return () => clearTimeout(timer);
  }, [shown]);
  return { shown, notify };
}

export function NoticeBubble({ shown }: { shown: Shown | null }) {
  return (
    <div className="annotate-notice" role="status">
      {shown !== null && (
        <Paper key={shown.count} shadow="md" px="md" py={8} radius="xl">
          <NoticeWords {...shown} />
        </Paper>
      )}
    </div>
  );
}

function NoticeWords({ text, names }: Shown) {
  const { t } = useTranslation();
  const hint = useKeyHint(ways[text] ?? null);
  return <Text size="sm">{t(`annotate.notices.${text}`, { hint, names: names.join(', ') })}</Text>;
}
