// One picture beside those that the model takes for the most alike.

import { Text } from '@mantine/core';
import type { Sample } from '@migaki/api';
import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FileName } from '../../dataset/FileName.tsx';
import { pictureUrl } from '../../server/client.ts';
import { Neighbours } from './Neighbours.tsx';

interface NeighbourCardProps {
  sample: Sample;
  onOpen: () => void;
}

export function NeighbourCard({ sample, onOpen }: NeighbourCardProps) {
  const { t } = useTranslation();
  const { fileName, sha256, neighbours, truth } = sample;
  const right = neighbours.filter(({ isSame }) => isSame).length;
  return (
    <article className="sample neighbour-card">
      <button
        type="button"
        className="sample-open neighbour-picture"
        onClick={onOpen}
        aria-label={t('runs.samples.open', { name: fileName })}
      >
        {sha256 === null ? (
          <IconPhotoOff size={28} stroke={1.2} aria-label={t('grid.missing')} />
        ) : (
          <img src={pictureUrl(sha256, 256)} alt="" loading="lazy" />
        )}
      </button>
      <div className="neighbour-words">
        <Text size="xs" fw={600} truncate>
          {truth.objects[0]?.categoryName}
        </Text>
        <Text size="xs" c="dimmed" component="div" className="neighbour-file">
          <FileName fileName={fileName} />
        </Text>
        {neighbours.length > 0 && (
          <Text size="xs" c="dimmed" className="digits">
            {t('runs.samples.sameOf', { right, count: neighbours.length })}
          </Text>
        )}
      </div>
      <Neighbours sample={sample} />
    </article>
  );
}
