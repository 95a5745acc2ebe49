// A picture to copy from: what it is called, and what is drawn on it that would be copied.

import { useElementSize } from '@mantine/hooks';
import type { ImageSummary } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FileName } from '../../dataset/FileName.tsx';
import { contain } from '../../dataset/overlay/geometry.ts';
import { OverlayCanvas } from '../../dataset/overlay/OverlayCanvas.tsx';
import { useOverlayStyle } from '../../dataset/overlay/use-overlay-style.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { listPictureSize, pictureUrl } from '../../server/client.ts';
import { tileQuery } from '../../server/grid-tiles.ts';

interface CopyChoiceProps {
  datasetId: number;
  picture: ImageSummary;
  isChosen: boolean;
  onChoose: () => void;
}

export function CopyChoice({ datasetId, picture, isChosen, onChoose }: CopyChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, sha256, fileName, objectCount, proposalCount, width, height } = picture;
  const { ref, width: tileWidth, height: tileHeight } = useElementSize();
  const { data: tile } = useQuery(tileQuery(datasetId, id));
  const usual = useOverlayStyle(datasetId);
  const style = useMemo(() => ({ ...usual, isLabelled: () => false }), [usual]);
  const overlays = useMemo(
    () => tile?.overlays.filter(({ state }) => state === 'accepted') ?? [],
    [tile],
  );
  const placement = useMemo(
    () =>
      width === null || height === null || tileWidth === 0
        ? null
        : contain({ width, height }, { width: tileWidth, height: tileHeight }),
    [width, height, tileWidth, tileHeight],
  );
  const count = objectCount - proposalCount;
  const counted = t('counts.objects', { count, shown: format.count(count) });
  return (
    <button
      type="button"
      aria-label={`${fileName}, ${counted}`}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span ref={ref} className="sequence-picture">
        {sha256 !== null && <img src={pictureUrl(sha256, listPictureSize)} alt="" />}
        {placement !== null && (
          <OverlayCanvas
            tileWidth={tileWidth}
            tileHeight={tileHeight}
            placement={placement}
            overlays={overlays}
            style={style}
          />
        )}
      </span>
      <span className="sequence-name">
        <FileName fileName={fileName} hasExtension={false} />
      </span>
      <span>{counted}</span>
    </button>
  );
}
