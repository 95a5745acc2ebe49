// One of the sample after the other, cut out of its picture: right or wrong, by a key each.

import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { ProposalCheck } from '@migaki/api';
import { IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { TilePicture } from '../../dataset/grid/TilePicture.tsx';
import { crop, filling } from '../../dataset/overlay/geometry.ts';
import { OverlayCanvas } from '../../dataset/overlay/OverlayCanvas.tsx';
import { useOverlayStyle } from '../../dataset/overlay/use-overlay-style.ts';
import { client } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';

interface SampleJudgingProps {
  datasetId: number;
  check: ProposalCheck;
  onChange: (check: ProposalCheck) => void;
}

export function SampleJudging({ datasetId, check, onChange }: SampleJudgingProps) {
  const { t } = useTranslation();
  const { sample } = check;
  const at = sample.findIndex(({ isRight }) => isRight === null);
  const shown = sample[at];
  /** Calls go one after the other, so that the last answer is of the last key. */
  const sent = useRef<Promise<unknown>>(Promise.resolve());
  const keys = useRef<HTMLDivElement>(null);
  // The button that led here is gone, and the keyboard with it.
  useEffect(() => keys.current?.focus(), []);
  const judge = (nth: number, isRight: boolean | null) => {
    const { annotationId } = sample[nth];
    const params = { datasetId, checkId: check.id };
    const isLast =
      isRight !== null && sample.every((each, i) => i === nth || each.isRight !== null);
    const said = { ...check, sample: sample.with(nth, { ...sample[nth], isRight }) };
    // Shown at once; what the last one makes of it only the server knows.
    if (!isLast) onChange(said);
    sent.current = sent.current
      .then(() => client.judgeProposal({ params, body: { annotationId, isRight } }))
      .then((answer) => {
        if (isLast) onChange(answer);
      })
      .catch((error) => {
        notifyError(error);
        onChange(check);
      });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'a' || key === 'y') judge(at, true);
    else if (key === 'x' || key === 'n') judge(at, false);
    else if (key === 'backspace' && at > 0) judge(at - 1, null);
    else return;
    event.preventDefault();
  };
  return (
    <Stack ref={keys} gap="sm" onKeyDown={onKeyDown} tabIndex={-1} className="sample-judging">
      <Progress value={(100 * at) / sample.length} size="sm" color="teal" aria-hidden />
      <Text size="sm" role="status">
        {t('lookOver.sample.which', { nth: at + 1, of: sample.length })}
      </Text>
      <Crop key={shown.annotationId} datasetId={datasetId} object={shown.object} />
      <Group justify="space-between">
        <Button
          variant="default"
          disabled={at === 0}
          leftSection={<IconArrowBackUp size={14} />}
          onClick={() => judge(at - 1, null)}
        >
          {t('lookOver.sample.back')} <kbd className="hint sample-key">⌫</kbd>
        </Button>
        <Group gap="xs">
          <Button
            color="red"
            variant="light"
            leftSection={<IconX size={14} />}
            onClick={() => judge(at, false)}
          >
            {t('lookOver.sample.wrong')} <kbd className="hint sample-key">X</kbd>
          </Button>
          <Button
            color="teal"
            leftSection={<IconCheck size={14} />}
            onClick={() => judge(at, true)}
          >
            {t('lookOver.sample.right')} <kbd className="hint sample-key">A</kbd>
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** CSS pixels. */
const cropSize = { width: 560, height: 380 };
/** How much wider than the object the view is. */
const surroundings = 2.2;

function Crop({
  datasetId,
  object,
}: {
  datasetId: number;
  object: ProposalCheck['sample'][number]['object'];
}) {
  const { t } = useTranslation();
  const style = useOverlayStyle(datasetId);
  const labelled = useMemo(() => ({ ...style, isLabelled: () => true }), [style]);
  const overlays = useMemo(() => (object === null ? [] : [object.annotation]), [object]);
  const placement = useMemo(() => {
    if (object === null) return null;
    const { annotation, image } = object;
    const picture = { width: image.width ?? 1, height: image.height ?? 1 };
    const around = annotation.bbox ?? ([0, 0, picture.width, picture.height] as const);
    return filling(crop(picture, around, cropSize, surroundings), cropSize);
  }, [object]);
  if (object === null || placement === null) {
    return (
      <div className="sample-crop" style={cropSize}>
        <Text size="sm" c="dimmed">
          {t('lookOver.sample.gone')}
        </Text>
      </div>
    );
  }
  const { annotation, image } = object;
  return (
    <div className="sample-crop" style={cropSize}>
      {image.sha256 !== null && (
        <TilePicture position={0} sha256={image.sha256} placement={placement} />
      )}
      <OverlayCanvas
        tileWidth={cropSize.width}
        tileHeight={cropSize.height}
        placement={placement}
        overlays={overlays}
        style={labelled}
      />
      <span className="sample-caption">
        {image.fileName}
        {annotation.score !== null && ` · ${annotation.score.toFixed(2)}`}
      </span>
    </div>
  );
}
