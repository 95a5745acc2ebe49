// One picture with what the model said of it.

import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { Category, Sample, TrainTask } from '@migaki/api';
import { IconPhotoOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FileName } from '../../dataset/FileName.tsx';
import { contain } from '../../dataset/overlay/geometry.ts';
import { OverlayCanvas } from '../../dataset/overlay/OverlayCanvas.tsx';
import { pictureUrl, sizeFor } from '../../server/client.ts';
import { findsObjects } from '../train/train-form.ts';
import { countVerdicts } from './match-objects.ts';
import { drawnSample, type LabelRoom, type SampleLook } from './sample-style.ts';
import { WholePictureAnswer } from './WholePictureAnswer.tsx';

export interface SampleDrawing {
  sample: Sample;
  look: SampleLook;
  categories: ReadonlyMap<number, Category>;
  colorOf: (categoryId: number | null) => string;
  task: TrainTask | null;
}

export function useDrawnSample(
  { sample, task, look, categories, colorOf }: SampleDrawing,
  room: LabelRoom,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours go with the categories
  return useMemo(
    () => drawnSample(sample, task, look, categories, colorOf, room),
    [sample, task, look, categories, room],
  );
}

export function SampleCard(props: SampleDrawing & { onOpen: () => void }) {
  const { sample, task, onOpen } = props;
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const { overlays, style, judged } = useDrawnSample(props, 'little');
  const picture = { width: sample.width ?? 4, height: sample.height ?? 3 };
  const height = Math.min(width * 1.1, (width * picture.height) / picture.width) || 160;
  const placement = contain(picture, { width: Math.max(1, width), height });
  const hasObjects = task !== null && findsObjects(task);
  const counts = countVerdicts(judged);
  return (
    <article className="sample">
      <button
        type="button"
        className="sample-open"
        onClick={onOpen}
        aria-label={t('runs.samples.open', { name: sample.fileName })}
      >
        <div ref={ref} className="sample-picture" style={{ height }}>
          {sample.sha256 === null ? (
            <IconPhotoOff size={32} stroke={1.2} aria-label={t('grid.missing')} />
          ) : (
            <img
              src={pictureUrl(sample.sha256, sizeFor(width * window.devicePixelRatio))}
              alt=""
              loading="lazy"
            />
          )}
          {hasObjects && width > 0 && (
            <OverlayCanvas
              tileWidth={width}
              tileHeight={height}
              placement={placement}
              overlays={overlays}
              style={style}
            />
          )}
        </div>
      </button>
      <div className="sample-words">
        <Text size="xs" component="div">
          <FileName fileName={sample.fileName} />
        </Text>
        {hasObjects ? (
          <Text size="xs" c="dimmed" className="digits">
            {t('runs.samples.counts', counts)}
          </Text>
        ) : (
          <WholePictureAnswer sample={sample} />
        )}
      </div>
    </article>
  );
}
