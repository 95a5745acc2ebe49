// What is there and what was found, drawn on the part of the picture where that is. It opens the annotator at the object.

import { Text } from '@mantine/core';
import type { Evaluation, Judgement } from '@migaki/api';
import { IconPhotoOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { pictureUrl } from '../server/client.ts';
import { type Corners, cropAround } from './crop.ts';
import { outcomeColors } from './outcome-colors.ts';

const aspect = 4 / 3;
/** Of a card, in pixels of the screen; lines are as wide whatever is cropped. */
const cardWidth = 200;

interface JudgementCardProps {
  judgement: Judgement;
  classes: Evaluation['classes'];
  datasetId: number | null;
}

export function JudgementCard({ judgement, classes, datasetId }: JudgementCardProps) {
  const { t } = useTranslation();
  const { imageId, image, outcome, annotationId } = judgement;
  const words = useJudgementWords(judgement, classes);
  const label = `${t(`evaluations.outcomes.${outcome}`)}: ${words}`;
  const content = (
    <>
      <CroppedPicture judgement={judgement} />
      <span className="judgement-words">
        <span className="outcome-key" style={{ background: outcomeColors[outcome] }} aria-hidden />
        <Text span size="xs" truncate title={image?.fileName}>
          {words}
        </Text>
      </span>
    </>
  );
  if (datasetId === null || image === null) {
    return (
      <article className="judgement" aria-label={label}>
        {content}
      </article>
    );
  }
  return (
    <Link
      className="judgement"
      aria-label={label}
      to="/datasets/$datasetId/annotate/$imageId"
      params={{ datasetId: String(datasetId), imageId: String(imageId) }}
      search={annotationId === null ? {} : { object: String(annotationId) }}
    >
      {content}
    </Link>
  );
}

function CroppedPicture({ judgement: { image, trueBox, predictedBox } }: { judgement: Judgement }) {
  const { t } = useTranslation();
  if (image === null || image.sha256 === null) {
    return (
      <span className="judgement-picture">
        <IconPhotoOff size={28} stroke={1.2} aria-label={t('grid.missing')} />
      </span>
    );
  }
  const { width, height } = image;
  const boxes = [trueBox, predictedBox].filter((box) => box !== null);
  const crop = cropAround(boxes, image, aspect);
  const pixel = crop.width / cardWidth;
  // Of the whole picture, for the crop to be sharp.
  const size = (Math.max(width, height) / pixel) * window.devicePixelRatio;
  return (
    <svg
      className="judgement-picture"
      viewBox={`${crop.left} ${crop.top} ${crop.width} ${crop.height}`}
      aria-hidden
    >
      <image href={pictureUrl(image.sha256, sizeOf(size))} width={width} height={height} />
      {trueBox !== null && <BoxLine box={trueBox} kind="truth" pixel={pixel} />}
      {predictedBox !== null && <BoxLine box={predictedBox} kind="found" pixel={pixel} />}
    </svg>
  );
}

/** Sizes that pictures come in; the whole one beyond. */
const sizeOf = (side: number) => ([256, 512, 1024, 2048] as const).find((size) => size >= side);

interface BoxLineProps {
  box: Corners;
  kind: 'truth' | 'found';
  /** Pixels of the picture that one of the screen stands for. */
  pixel: number;
}

/** Dark below and bright above, so that it is seen on whatever lies behind. */
function BoxLine({ box: [left, top, right, bottom], kind, pixel }: BoxLineProps) {
  const rect = { x: left, y: top, width: right - left, height: bottom - top, fill: 'none' };
  return (
    <>
      <rect {...rect} stroke="rgb(0 0 0 / 55%)" strokeWidth={4 * pixel} />
      <rect
        {...rect}
        className={`${kind}-line`}
        strokeWidth={2 * pixel}
        strokeDasharray={kind === 'found' ? `${6 * pixel} ${4 * pixel}` : undefined}
      />
    </>
  );
}

/** `RBC 0.87 → WBC`, `12.3 → 15.1` */
function useJudgementWords(judgement: Judgement, classes: Evaluation['classes']): string {
  const format = useFormat();
  const { trueCategoryId, predictedCategoryId, score, iou, trueValue, predictedValue } = judgement;
  const nameOf = (id: number | null) =>
    id === null ? null : (classes.find(({ categoryId }) => categoryId === id)?.name ?? String(id));
  if (trueValue !== null && predictedValue !== null) {
    return `${format.number(round(trueValue))} → ${format.number(round(predictedValue))}`;
  }
  const [truth, found] = [nameOf(trueCategoryId), nameOf(predictedCategoryId)];
  const names =
    truth !== null && found !== null && truth !== found ? `${truth} → ${found}` : (found ?? truth);
  return [
    names,
    score !== null && found !== null && score.toFixed(2),
    iou > 0 && `IoU ${iou.toFixed(2)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

const round = (value: number): number => Number(value.toPrecision(4));
