// What the model said of some pictures at each validation, beside what is true. The slider goes through the run.

import { Group, Loader, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { RunDetail } from '@migaki/api';
import { IconPhotoSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileNames } from '../../dataset/FileName.tsx';
import { categoryColors } from '../../dataset/overlay/colors.ts';
import { datasetQuery } from '../../server/queries.ts';
import { samplesQuery } from '../../server/run-queries.ts';
import { useActions } from '../../shell/actions.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { isActive } from '../RunStateBadge.tsx';
import { findsObjects } from '../train/train-form.ts';
import { EpochSlider } from './EpochSlider.tsx';
import { Legend } from './Legend.tsx';
import { LookControls } from './LookControls.tsx';
import { NeighbourCard } from './NeighbourCard.tsx';
import { SampleCard } from './SampleCard.tsx';
import { SampleZoom } from './SampleZoom.tsx';
import type { SampleLook } from './sample-style.ts';
import './samples.css';

const usualLook: SampleLook = {
  isPredictionShown: true,
  isTruthShown: true,
  colorBy: 'verdict',
  leastScore: 0.3,
};

interface SamplesPartProps {
  run: RunDetail;
  /** Of the validation that is shown; null for the last one, whichever that is. */
  step: number | null;
  onStep: (step: number | null) => void;
}

export function SamplesPart({ run, step, onStep }: SamplesPartProps) {
  const { t } = useTranslation();
  const [stored, setLook] = useLocalStorage<Partial<SampleLook>>({
    key: 'migaki-samples',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const look = useMemo(() => ({ ...usualLook, ...stored }), [stored]);
  const [zoomedId, setZoomedId] = useState<number | null>(null);
  const { data, error, refetch } = useQuery(samplesQuery(run.id, step));
  const datasetId = data?.items[0]?.datasetId ?? run.dataset?.datasetId ?? null;
  const { data: dataset } = useQuery({
    ...datasetQuery(datasetId ?? 0),
    enabled: datasetId !== null,
  });
  const drawing = useMemo(() => {
    const known = dataset?.categories ?? [];
    const colorOf = categoryColors(known);
    return {
      look,
      task: run.task,
      categories: new Map(known.map((category) => [category.id, category])),
      colorOf: (categoryId: number | null) => colorOf({ categoryId, origin: 'model' }),
    };
  }, [dataset?.categories, look, run.task]);
  const validations = data?.validations ?? [];
  const place = validations.findIndex((each) => each.step === (step ?? data?.step));
  const goTo = (next: number) => {
    const found = validations[next];
    // The last one is followed as the run goes on.
    if (found !== undefined) onStep(next === validations.length - 1 ? null : found.step);
  };
  const hasObjects = run.task !== null && findsObjects(run.task);
  const group = t('runs.parts.samples');
  const toggle = (part: 'isPredictionShown' | 'isTruthShown') =>
    setLook({ ...look, [part]: !look[part] });
  useActions([
    {
      id: 'epoch-before',
      label: t('runs.samples.before'),
      group,
      keys: ['['],
      run: () => goTo(place - 1),
    },
    {
      id: 'epoch-after',
      label: t('runs.samples.after'),
      group,
      keys: [']'],
      run: () => goTo(place + 1),
    },
    ...(hasObjects
      ? [
          {
            id: 'toggle-predictions',
            label: t('runs.samples.predictions'),
            group,
            keys: ['p'],
            run: () => toggle('isPredictionShown'),
          },
          {
            id: 'toggle-truth',
            label: t('runs.samples.truth'),
            group,
            keys: ['t'],
            run: () => toggle('isTruthShown'),
          },
        ]
      : []),
  ]);
  if (error !== null && data === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (data === undefined) return <Loader m="auto" mt={60} />;
  if (data.items.length === 0) {
    return (
      <Stack align="center" gap="xs" className="empty-view">
        <IconPhotoSearch size={40} stroke={1.2} />
        <Text fw={600}>{t('runs.samples.none')}</Text>
        <Text size="sm" c="dimmed" ta="center" maw={440}>
          {t(isActive(run) ? 'runs.samples.coming' : 'runs.samples.noneAdvice')}
        </Text>
      </Stack>
    );
  }
  const zoomed = data.items.findIndex(({ imageId }) => imageId === zoomedId);
  const slider = <EpochSlider validations={validations} place={place} onChange={goTo} />;
  return (
    <>
      <Group gap="lg" mb="sm" align="center" className="sample-controls">
        {slider}
        {hasObjects && (
          <LookControls look={look} onChange={(changed) => setLook({ ...look, ...changed })} />
        )}
      </Group>
      {hasObjects && <Legend look={look} />}
      <FileNames of={data.items.map(({ fileName }) => fileName)}>
        {run.task === 'embed' ? (
          <>
            <Text size="xs" c="dimmed" mb="sm">
              {t('runs.samples.neighboursHelp')}
            </Text>
            <div className="samples" data-neighbours>
              {data.items.map((sample) => (
                <NeighbourCard
                  key={sample.imageId}
                  sample={sample}
                  onOpen={() => setZoomedId(sample.imageId)}
                />
              ))}
            </div>
          </>
        ) : (
          <div className="samples">
            {data.items.map((sample) => (
              <SampleCard
                key={sample.imageId}
                sample={sample}
                {...drawing}
                onOpen={() => setZoomedId(sample.imageId)}
              />
            ))}
          </div>
        )}
      </FileNames>
      {zoomed >= 0 && (
        <SampleZoom
          sample={data.items[zoomed]}
          {...drawing}
          position={`${zoomed + 1} / ${data.items.length}`}
          slider={slider}
          onStep={(by) =>
            setZoomedId(data.items[(zoomed + by + data.items.length) % data.items.length].imageId)
          }
          onClose={() => setZoomedId(null)}
        />
      )}
    </>
  );
}
