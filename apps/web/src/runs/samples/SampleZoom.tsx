// One sample as large as the page: zoomed at the cursor, dragged about, with its slider to see how the model learned it.

import { ActionIcon, Group, Modal, Text } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconMaximize,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PictureStage, type StageHandle } from '../../dataset/detail/PictureStage.tsx';
import { findsObjects } from '../train/train-form.ts';
import { Neighbours } from './Neighbours.tsx';
import { type SampleDrawing, useDrawnSample } from './SampleCard.tsx';
import { WholePictureAnswer } from './WholePictureAnswer.tsx';
import '../../dataset/detail/detail.css';

interface SampleZoomProps extends SampleDrawing {
  /** `3 / 12` */
  position: string;
  slider: ReactNode;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}

export function SampleZoom(props: SampleZoomProps) {
  const { sample, task, position, slider, onStep, onClose } = props;
  const { t } = useTranslation();
  const stage = useRef<StageHandle>(null);
  const { overlays, style } = useDrawnSample(props, 'enough');
  const image = useMemo(() => ({ ...sample, annotations: overlays }), [sample, overlays]);
  const hasObjects = task !== null && findsObjects(task);
  const keys: Record<string, () => void> = {
    ArrowLeft: () => onStep(-1),
    ArrowRight: () => onStep(1),
    '+': () => stage.current?.zoom(1.25),
    '-': () => stage.current?.zoom(0.8),
    '0': () => stage.current?.fit(),
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {sample.fileName}
          </Text>
          <Text size="xs" c="dimmed">
            {position}
          </Text>
        </Group>
      }
      size="calc(100vw - 48px)"
      classNames={{ body: 'sample-zoom', content: 'sample-zoom-content' }}
      onKeyDown={(event) => {
        const isOnSlider = (event.target as HTMLElement).closest('[role=slider]') !== null;
        const run = keys[event.key];
        if (run === undefined || isOnSlider) return;
        event.preventDefault();
        run();
      }}
    >
      <Group gap="md" mb="xs" justify="space-between">
        {slider}
        <Group gap={2}>
          <ActionIcon aria-label={`${t('detail.previous')} (←)`} onClick={() => onStep(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <ActionIcon aria-label={`${t('detail.next')} (→)`} onClick={() => onStep(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
          <ActionIcon
            aria-label={`${t('toolbar.larger')} (+)`}
            onClick={() => stage.current?.zoom(1.25)}
          >
            <IconZoomIn size={18} />
          </ActionIcon>
          <ActionIcon
            aria-label={`${t('toolbar.smaller')} (-)`}
            onClick={() => stage.current?.zoom(0.8)}
          >
            <IconZoomOut size={18} />
          </ActionIcon>
          <ActionIcon aria-label={`${t('detail.fit')} (0)`} onClick={() => stage.current?.fit()}>
            <IconMaximize size={18} />
          </ActionIcon>
        </Group>
      </Group>
      <PictureStage
        ref={stage}
        image={image}
        style={style}
        isOverlayShown={hasObjects}
        highlightedId={null}
        onSwipe={onStep}
        onPoint={() => {}}
        isPointing={false}
      />
      {!hasObjects &&
        (task === 'embed' ? (
          <Neighbours sample={sample} />
        ) : (
          <WholePictureAnswer sample={sample} />
        ))}
    </Modal>
  );
}
