import { Badge, Button } from '@mantine/core';
import type { SlippedMistake } from '@migaki/api';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FileName } from '../dataset/FileName.tsx';
import { MistakePane } from '../dataset/mistakes/MistakePane.tsx';
import { useIsNear } from '../dataset/mistakes/use-is-near.ts';
import type { DrawnObject, OverlayStyle } from '../dataset/overlay/draw-overlays.ts';
import { boxAround, type Size } from '../dataset/overlay/geometry.ts';

interface SlippedCardProps {
  mistake: SlippedMistake;
  position: number;
  isFocused: boolean;
  /** A key led here. */
  isSteppedTo: boolean;
  style: OverlayStyle;
  paneSize: Size;
  onFocus: () => void;
  onPutRight: () => void;
  onIsRight: () => void;
}

export function SlippedCard(props: SlippedCardProps) {
  const { mistake, position, isFocused, isSteppedTo, style, paneSize } = props;
  const { onFocus, onPutRight, onIsRight } = props;
  const { image, kind, label, truth } = mistake;
  const { t } = useTranslation();
  const card = useRef<HTMLElement>(null);
  const isShown = useIsNear(card);
  useEffect(() => {
    if (isSteppedTo) card.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isSteppedTo]);
  const around = useMemo(
    () => boxAround([label?.bbox, truth?.bbox].flatMap((box) => (box ? [box] : []))),
    [label, truth],
  );
  const found = useMemo(
    (): DrawnObject | null =>
      truth && {
        ...truth,
        id: -1,
        origin: 'model',
        state: 'proposed',
        caption: null,
        born: 0,
      },
    [truth],
  );
  const nameOf = (object: { categoryId: number | null } | null, none: string) =>
    object === null ? none : (style.categories.get(object.categoryId ?? -1)?.name ?? '–');
  const pane = { image, around, style, size: paneSize, position, isShown };
  return (
    <article
      ref={card}
      className="mistake-card"
      data-focused={isFocused}
      aria-current={isFocused}
      aria-label={`${t(`rounds.kinds.${kind}`)}: ${image.fileName}`}
      onPointerDown={onFocus}
    >
      <div className="mistake-panes">
        <MistakePane {...pane} object={label} caption={nameOf(label, t('mistakes.noLabel'))} />
        <MistakePane {...pane} object={found} caption={nameOf(truth, t('rounds.nothingThere'))} />
      </div>
      <div className="mistake-facts">
        <Badge size="sm" variant="light" color="orange">
          {t(`rounds.kinds.${kind}`)}
        </Badge>
        <span className="mistake-file">
          <FileName fileName={image.fileName} />
        </span>
      </div>
      <div className="mistake-buttons">
        <Button
          size="compact-sm"
          variant={isFocused ? 'filled' : 'light'}
          leftSection={<IconCheck size={14} />}
          onClick={onPutRight}
        >
          {t('rounds.putRight')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconX size={14} />}
          onClick={onIsRight}
        >
          {t('rounds.isRight')}
        </Button>
      </div>
    </article>
  );
}
