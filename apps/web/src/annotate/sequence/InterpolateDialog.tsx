// Fills in an object between this picture and one further on, where it is drawn, too.

import { Button, Loader, Select, Stack, Text } from '@mantine/core';
import {
  type AnnotationObject,
  annotationIdOf,
  fillBetween,
  interpolate,
  placeOf,
  trackOf,
} from '@migaki/annotator';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { ObjectPreview } from '../preview/ObjectPreview.tsx';
import { useSession } from '../session/EditorContext.tsx';
import { fetchFrames, type Place, type Run, useFrames } from './frames.ts';
import { fetchAll, type PictureObjects, pictureObjectsQuery } from './picture-objects.ts';
import { RunFields } from './RunFields.tsx';
import { runToKeyQuery, startRun } from './run-to-key.ts';
import { whenSaved } from './when-saved.ts';
import { writeEdits } from './write-edits.ts';

export function InterpolateDialog({ place, onClose }: { place: Place; onClose: () => void }) {
  const { t } = useTranslation();
  const { store, image } = useSession();
  const [{ document, selection }] = useState(store.get);
  const object = selection.length === 1 ? document.objects.get(selection[0]) : undefined;
  const [wantedRun, setRun] = useState<Run | null>(null);
  const { data: usualRun, isPending } = useQuery(runToKeyQuery(place, object));
  const run = wantedRun ?? usualRun ?? startRun;
  const [chosenId, setChosenId] = useState<number | null>(null);
  const { data: frames } = useFrames(place, run);
  const end = frames?.at(-1);
  const { data: there } = useQuery({
    ...pictureObjectsQuery(place.datasetId, end?.id ?? 0),
    enabled: end !== undefined,
  });
  const work = useFilling(place, run, onClose);
  if (object === undefined) return <Text size="sm">{t('annotate.sequence.selectOne')}</Text>;
  if (interpolate(object, object, 0.5) === null) {
    return <Text size="sm">{t('annotate.sequence.onlyBoxes')}</Text>;
  }
  const candidates = there === undefined ? [] : likely(object, there.objects);
  const chosen = candidates.find(({ id }) => id === chosenId) ?? candidates[0];
  const between = (frames?.length ?? 1) - 1;
  return (
    <Stack
      gap="md"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (there !== undefined && chosen !== undefined) work.mutate({ object, chosen, there });
      }}
    >
      <RunFields run={run} onChange={setRun} label={t('annotate.sequence.picturesOn')} />
      <div className="sequence-ends">
        <ObjectPreview
          sha256={image.sha256}
          picture={document.picture}
          categories={document.categories}
          objects={[object]}
          around={null}
          width={260}
          height={195}
          label={image.fileName}
        />
        {there !== undefined && end !== undefined && (
          <ObjectPreview
            sha256={end.sha256}
            picture={there.size}
            categories={document.categories}
            objects={chosen === undefined ? [] : [chosen]}
            around={null}
            width={260}
            height={195}
            label={end.fileName}
          />
        )}
        {there === undefined && end !== undefined && <Loader size="sm" />}
      </div>
      {frames?.length === 0 && !isPending && (
        <Text size="sm">{t(`annotate.sequence.none.${run.direction}`)}</Text>
      )}
      {there !== undefined && chosen === undefined && (
        <Text size="sm" c="orange">
          {t('annotate.sequence.notThere')}
        </Text>
      )}
      {candidates.length > 1 && (
        <Select
          size="xs"
          label={t('annotate.sequence.whichThere')}
          allowDeselect={false}
          data={candidates.map((candidate) => ({
            value: String(candidate.id),
            label: nameOf(candidate, document.categories),
          }))}
          value={String(chosen.id)}
          onChange={(value) => setChosenId(Number(value))}
        />
      )}
      {work.isPending && work.progress > 0 && (
        <Text size="xs" c="dimmed">
          {t('annotate.sequence.reading', { done: work.progress, count: between })}
        </Text>
      )}
      <Button disabled={chosen === undefined || between < 1} loading={work.isPending} type="submit">
        {t('annotate.sequence.fill', { count: Math.max(0, between) })}
      </Button>
    </Stack>
  );
}

interface Ends {
  object: AnnotationObject;
  chosen: AnnotationObject;
  there: PictureObjects;
}

function useFilling(place: Place, run: Run, onClose: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const { store } = useSession();
  const [progress, setProgress] = useState(0);
  const work = useMutation({
    mutationFn: async ({ object, chosen, there }: Ends) => {
      await whenSaved(store);
      const { document, sync } = store.get();
      const ownId = annotationIdOf(sync.identities, object.id)!;
      const track = trackOf(object) ?? trackOf(chosen) ?? ownId;
      const frames = await fetchFrames(place, run);
      const inner = frames.slice(0, -1).map(({ id }) => id);
      const found = await fetchAll(place.datasetId, inner, setProgress);
      const here = { ...document.objects.get(object.id)!, id: ownId };
      const born = sync.identities.born.get(object.id)!;
      const { edits, filled, leftOut } = fillBetween(track, [
        { imageId: place.imageId, ...document.picture, found: { object: here, born } },
        ...found.map(({ image, size, objects, bornOf }) => {
          const known = objects.find((each) => trackOf(each) === track);
          const tracked = known && { object: known, born: bornOf.get(known.id)! };
          return { imageId: image.id, ...size, found: tracked ?? null };
        }),
        {
          imageId: there.image.id,
          ...there.size,
          found: { object: chosen, born: there.bornOf.get(chosen.id)! },
        },
      ]);
      const counted = t('annotate.sequence.filled', {
        count: filled,
        shown: format.count(filled),
      });
      const rest = t('annotate.sequence.sizesLeftOut', { count: leftOut });
      const message = leftOut === 0 ? counted : `${counted} ${rest}`;
      await writeEdits(place.datasetId, edits, { message, undo: t('undo') });
    },
    onSuccess: onClose,
    onError: notifyError,
  });
  return { ...work, progress };
}

/** What may be the same thing: of its track first, then the nearest of its kind. */
function likely(
  object: AnnotationObject,
  others: readonly AnnotationObject[],
): readonly AnnotationObject[] {
  const track = trackOf(object);
  const ofTrack = others.filter((other) => track !== null && trackOf(other) === track);
  const ofKind = others
    .filter(
      (other) =>
        other.categoryId === object.categoryId &&
        interpolate(object, other, 0.5) !== null &&
        !ofTrack.includes(other),
    )
    .toSorted((a, b) => distance(object, a) - distance(object, b));
  return [...ofTrack, ...ofKind];
}

function distance(a: AnnotationObject, b: AnnotationObject): number {
  const centre = (object: AnnotationObject) => {
    const [x, y, width, height] = placeOf(object)!;
    return [x + width / 2, y + height / 2];
  };
  const [ax, ay] = centre(a);
  const [bx, by] = centre(b);
  return Math.hypot(ax - bx, ay - by);
}

function nameOf(
  object: AnnotationObject,
  categories: readonly { id: number; name: string }[],
): string {
  const [x, y] = placeOf(object)!.map(Math.round);
  const name = categories.find(({ id }) => id === object.categoryId)?.name ?? '';
  return `${name} #${object.id} (${x}, ${y})`;
}
