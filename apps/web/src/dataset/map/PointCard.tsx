// The picture under the pointer.

import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { listPictureSize, pictureUrl } from '../../server/client.ts';
import { imageQuery } from '../../server/queries.ts';
import { FileName } from '../FileName.tsx';
import type { Hovered } from './MapCanvas.tsx';

interface PointCardProps {
  datasetId: number;
  imageId: number;
  at: Hovered;
}

/** What is passed over on the way to another point is not asked for. */
const calmMillis = 60;

export function PointCard({ datasetId, imageId, at }: PointCardProps) {
  const [calmId] = useDebouncedValue(imageId, calmMillis);
  const { data: image } = useQuery(imageQuery(datasetId, calmId));
  if (image === undefined || image.id !== imageId) return null;
  return (
    <div
      className="point-card"
      style={{
        left: at.x,
        top: at.y,
        translate: `${at.isRight ? 'calc(-100% - 28px)' : 0} ${at.isLow ? 'calc(-100% - 28px)' : 0}`,
      }}
    >
      {image.sha256 !== null && <img src={pictureUrl(image.sha256, listPictureSize)} alt="" />}
      <Text size="xs" component="div">
        <FileName fileName={image.fileName} />
      </Text>
    </div>
  );
}
