// The same objects onto the pictures that follow: how many, which, and how they will lie there.

import { Button, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import {
  type AnnotationObject,
  canPropagate,
  onTrack,
  propagate,
  trackOf,
} from '@migaki/annotator';
import { useMutation } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '../../shell/ErrorView.tsx';
import { ObjectPreview } from '../preview/ObjectPreview.tsx';
import { useSession } from '../session/EditorContext.tsx';
import { type Place, type Run, sizeOf, useFrames } from './frames.ts';
import { RunFields } from './RunFields.tsx';
import { withTracks } from './with-tracks.ts';
import { writeEdits } from './write-edits.ts';

const mostPreviews = 6;

export function PropagateDialog({ place, onClose }: { place: Place; onClose: () => void }) {
  const { t } = useTranslation();
  const { store, datasetId } = useSession();
  const [{ document, selection }] = useState(store.get);
  const [run, setRun] = useState<Run>({ direction: 'following', count: 5 });
  const [isSelectionAlone, setSelectionAlone] = useState(selection.length > 0);
  const [isTracked, setTracked] = useState(false);
  const { data: frames = [], isPending } = useFrames(place, useDeferredValue(run));
  const objects = useMemo(() => {
    const chosen = isSelectionAlone
      ? selection.flatMap((id) => document.objects.get(id) ?? [])
      : [...document.objects.values()];
    return chosen.filter(canPropagate);
  }, [document, selection, isSelectionAlone]);
  const plan = propagate(
    objects,
    document.picture,
    frames.map((frame) => ({ imageId: frame.id, ...sizeOf(frame, document.picture) })),
  );
  const leftOut = plan.reduce((sum, frame) => sum + frame.leftOut, 0);
  const work = useMutation({
    mutationFn: async () => {
      const sent = isTracked ? (await withTracks(store, objects)).map(filledIn) : objects;
      const edits = propagate(
        sent,
        document.picture,
        frames.map((frame) => ({ imageId: frame.id, ...sizeOf(frame, document.picture) })),
      ).flatMap((frame) => frame.edits);
      await writeEdits(datasetId, edits, {
        message: t('annotate.sequence.propagated', { count: edits.length }),
        undo: t('undo'),
      });
    },
    onSuccess: onClose,
    onError: notifyError,
  });
  return (
    <Stack
      gap="md"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        work.mutate();
      }}
    >
      <RunFields run={run} onChange={setRun} label={t('annotate.sequence.pictures')} />
      {selection.length > 0 && (
        <SegmentedControl
          size="xs"
          aria-label={t('annotate.sequence.which')}
          data={[
            {
              value: 'selected',
              label: t('annotate.sequence.selected', { count: selection.length }),
            },
            { value: 'all', label: t('annotate.sequence.all') },
          ]}
          value={isSelectionAlone ? 'selected' : 'all'}
          onChange={(value) => setSelectionAlone(value === 'selected')}
        />
      )}
      <Switch
        size="xs"
        label={t('annotate.sequence.track')}
        description={t('annotate.sequence.trackHelp')}
        checked={isTracked}
        onChange={({ currentTarget }) => setTracked(currentTarget.checked)}
      />
      <div className="sequence-strip">
        {frames.slice(0, mostPreviews).map((frame) => (
          <ObjectPreview
            key={frame.id}
            sha256={frame.sha256}
            picture={sizeOf(frame, document.picture)}
            categories={document.categories}
            objects={objects}
            around={null}
            width={150}
            height={112}
            label={frame.fileName}
          />
        ))}
      </div>
      {!isPending && frames.length === 0 && (
        <Text size="sm">{t(`annotate.sequence.none.${run.direction}`)}</Text>
      )}
      {leftOut > 0 && (
        <Text size="sm" c="orange">
          {t('annotate.sequence.masksLeftOut', { count: leftOut })}
        </Text>
      )}
      <Button
        disabled={frames.length === 0 || objects.length === 0}
        loading={work.isPending}
        type="submit"
      >
        {t('annotate.sequence.propagate', {
          objects: t('annotate.sequence.objects', { count: objects.length }),
          pictures: t('annotate.sequence.ofPictures', { count: frames.length }),
        })}
      </Button>
    </Stack>
  );
}

/** Not drawn there by anybody yet: interpolation may move it. */
const filledIn = (object: AnnotationObject): AnnotationObject => ({
  ...object,
  attributes: onTrack(object.attributes, trackOf(object)!, false),
});
