// The comments of one picture: its threads and pins, which one is looked at, which one is being written.

import type { Annotation } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commentsQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import type { OpenDraft } from '../comments/CommentThreads.tsx';
import { pinsOf } from '../comments/pins.ts';
import { useComments } from '../comments/use-comments.ts';

interface TalkOptions {
  datasetId: number;
  imageId: number;
  annotations: readonly Annotation[];
  /** What a new comment is about, if anything. */
  focusedId: number | null;
  /** The list of threads must be in sight. */
  onWrite: () => void;
}

export function useTalk({ datasetId, imageId, annotations, focusedId, onWrite }: TalkOptions) {
  const { t } = useTranslation();
  const { data: threads = [] } = useQuery(commentsQuery(datasetId, imageId));
  const actions = useComments(datasetId, imageId);
  const [draft, setDraft] = useState<OpenDraft | null>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said is of one picture
  useEffect(() => {
    setDraft(null);
    setActiveId(null);
  }, [imageId]);
  const pins = useMemo(() => pinsOf(threads, annotations), [threads, annotations]);
  const write = (kind: OpenDraft['kind']) => {
    setDraft({ kind, annotationId: focusedId ?? undefined });
    onWrite();
  };
  const group = t('comments.title');
  useActions(
    [
      { id: 'comment', label: t('comments.add'), group, keys: ['m'], run: () => write('say') },
      {
        id: 'reject-image',
        label: t('comments.reject'),
        group,
        keys: ['shift+x'],
        run: () => write('reject'),
      },
    ],
    'cover',
  );
  return { threads, pins, actions, draft, setDraft, activeId, setActiveId };
}
