// One mistake: the label on the left, the model's opinion on the right, and what to do about it.

import { ActionIcon, Badge, Button, Tooltip } from '@mantine/core';
import type { LabelMistake } from '@migaki/api';
import { IconCheck, IconExternalLink, IconSchool, IconX } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MistakeVerdict } from '../acting/changes.ts';
import { FileName } from '../FileName.tsx';
import type { DrawnObject, OverlayStyle } from '../overlay/draw-overlays.ts';
import { boxAround, type Size } from '../overlay/geometry.ts';
import { MistakePane } from './MistakePane.tsx';
import { useIsNear } from './use-is-near.ts';

interface MistakeCardProps {
  mistake: LabelMistake;
  position: number;
  total: number;
  isFocused: boolean;
  verdict: MistakeVerdict | undefined;
  style: OverlayStyle;
  paneSize: Size;
  onFocus: (id: number) => void;
  onDecide: (mistake: LabelMistake, verdict: MistakeVerdict) => void;
  onOpen: (mistake: LabelMistake) => void;
}

const kindColors = { overlooked: 'orange', misplaced: 'blue', swapped: 'grape' } as const;

export const MistakeCard = memo(function MistakeCard(props: MistakeCardProps) {
  const { mistake, position, total, isFocused, verdict, style, paneSize } = props;
  const { onFocus, onDecide, onOpen } = props;
  const { kind, doubt, image, label, opinion, score, ownScore, model, isLearned } = mistake;
  const { t } = useTranslation();
  const card = useRef<HTMLElement>(null);
  const isShown = useIsNear(card);
  useEffect(() => {
    if (isFocused) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isFocused]);
  const around = useMemo(
    () => boxAround([label?.bbox, opinion.bbox].flatMap((box) => (box ? [box] : []))),
    [label, opinion],
  );
  const said = useMemo((): DrawnObject => {
    const { segmentation, keypoints, bbox, iscrowd, categoryId } = opinion;
    const shapes = { segmentation, keypoints, bbox, iscrowd };
    const origin = `model ${model}`;
    const state = 'proposed' as const;
    return { ...shapes, id: -1, categoryId, score, origin, state, caption: null, born: 0 };
  }, [opinion, score, model]);
  const nameOf = (categoryId: number | null) =>
    categoryId === null ? '–' : (style.categories.get(categoryId)?.name ?? '–');
  const words = {
    label:
      label === null
        ? t('mistakes.noLabel')
        : kind === 'swapped'
          ? `${nameOf(label.categoryId)} ${ownScore.toFixed(2)}`
          : nameOf(label.categoryId),
    opinion: `${nameOf(opinion.categoryId)} ${score.toFixed(2)}`,
  };
  const pane = { image, around, style, size: paneSize, position, isShown };
  return (
    <article
      ref={card}
      className="mistake-card"
      data-focused={isFocused}
      data-verdict={verdict}
      aria-posinset={position + 1}
      aria-setsize={total}
      aria-current={isFocused}
      aria-label={`${t(`mistakes.kinds.${kind}`)}: ${words.label} → ${words.opinion}`}
      onPointerDown={() => onFocus(mistake.id)}
    >
      <div className="mistake-panes">
        <MistakePane {...pane} object={label} caption={words.label} />
        <MistakePane {...pane} object={said} caption={words.opinion} />
      </div>
      <div className="mistake-facts">
        <Badge size="sm" variant="light" color={kindColors[kind]}>
          {t(`mistakes.kinds.${kind}`)}
        </Badge>
        <Tooltip label={t('mistakes.doubtHelp', { model })}>
          <span className="mistake-doubt">{Math.round(doubt * 100)} %</span>
        </Tooltip>
        {isLearned && (
          <Tooltip label={t('mistakes.learned')} multiline w={260}>
            <IconSchool size={14} aria-label={t('mistakes.learned')} />
          </Tooltip>
        )}
        <span className="mistake-file">
          <FileName fileName={image.fileName} />
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('mistakes.open')}
          onClick={() => onOpen(mistake)}
        >
          <IconExternalLink size={14} />
        </ActionIcon>
      </div>
      {verdict === undefined ? (
        <div className="mistake-buttons">
          <Button
            size="compact-sm"
            variant={isFocused ? 'filled' : 'light'}
            leftSection={<IconCheck size={14} />}
            onClick={() => onDecide(mistake, 'taken')}
          >
            {t(`mistakes.take.${kind}`)}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconX size={14} />}
            onClick={() => onDecide(mistake, 'dismissed')}
          >
            {t(`mistakes.dismiss.${kind}`)}
          </Button>
        </div>
      ) : (
        <div className="mistake-buttons" role="status">
          {t(`mistakes.verdicts.${verdict}`)}
        </div>
      )}
    </article>
  );
});
