// The list of mistakes as the person sees it: with what was decided just now, and one that the keys act on.

import type { LabelMistake } from '@migaki/api';
import type { MistakeKind } from '@migaki/coco';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { mistakesQuery } from '../../server/queries.ts';
import type { MistakeVerdict } from '../acting/changes.ts';
import { useChanges } from '../acting/changes-store.ts';
import { decideMistake } from '../acting/perform.ts';

export function useMistakes(datasetId: number, view: { q: string; kind?: MistakeKind }) {
  const { data, error, refetch } = useQuery(mistakesQuery(datasetId, view));
  const changes = useChanges(datasetId);
  const [focusedId, setFocusedId] = useState<number | null>(null);
  const items = data?.items ?? [];
  const verdictOf = ({ id, image }: LabelMistake): MistakeVerdict | undefined =>
    changes.get(image.id)?.mistakes?.get(id);
  const isLeft = (item: LabelMistake) => verdictOf(item) === undefined;
  const position = Math.max(
    0,
    items.findIndex(({ id }) => id === focusedId),
  );
  const focused = items.at(position) ?? null;

  /** Those of the kind that is shown. */
  const counted =
    data === undefined
      ? undefined
      : view.kind === undefined
        ? Object.values(data.counts).reduce((a, b) => a + b, 0)
        : data.counts[view.kind];
  const decided = items.filter((item) => !isLeft(item)).length;
  const left = counted === undefined ? undefined : counted - decided;
  /** How many there were when one began to look at these. */
  const start = useRef({ key: '', count: 0 });
  const key = `${view.kind} ${view.q}`;
  if (start.current.key !== key) start.current = { key, count: 0 };
  start.current.count = Math.max(start.current.count, left ?? 0);

  const step = (by: 1 | -1) => {
    const next = items.at(Math.min(items.length - 1, Math.max(0, position + by)));
    if (next !== undefined) setFocusedId(next.id);
  };
  const decide = (mistake: LabelMistake | null, verdict: MistakeVerdict) => {
    if (mistake === null || !isLeft(mistake)) return;
    decideMistake(datasetId, mistake, verdict, { onUndone: () => setFocusedId(mistake.id) });
    const at = items.indexOf(mistake);
    const isNext = (item: LabelMistake) => item !== mistake && isLeft(item);
    const next = items.slice(at).find(isNext) ?? items.findLast(isNext);
    setFocusedId(next?.id ?? mistake.id);
  };
  return {
    items,
    counts: data?.counts,
    error,
    refetch,
    verdictOf,
    focused,
    focus: setFocusedId,
    step,
    decide,
    left,
    startCount: start.current.count,
  };
}

export type Mistakes = ReturnType<typeof useMistakes>;
