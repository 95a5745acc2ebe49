// The pictures that an embedding takes for the most alike, the nearest first: right ones teal, wrong ones orange.

import { Text } from '@mantine/core';
import type { Sample, SampleNeighbour } from '@migaki/api';
import { IconCheck, IconPhotoOff, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { pictureUrl } from '../../server/client.ts';

export function Neighbours({ sample }: { sample: Sample }) {
  const { t } = useTranslation();
  const { neighbours, datasetId } = sample;
  if (neighbours.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('runs.samples.noNeighbours')}
      </Text>
    );
  }
  return (
    <ol className="neighbours" aria-label={t('runs.samples.neighbours')}>
      {neighbours.map((neighbour) => (
        <li key={neighbour.imageId} data-right={neighbour.isSame || undefined}>
          {datasetId === null ? (
            <span className="neighbour-picture">
              <Picture neighbour={neighbour} />
            </span>
          ) : (
            <Link
              to="/datasets/$datasetId/images"
              params={{ datasetId: String(datasetId) }}
              search={{ image: String(neighbour.imageId) }}
              className="neighbour-picture"
              title={[neighbour.fileName, neighbour.categoryName].filter(Boolean).join(' · ')}
            >
              <Picture neighbour={neighbour} />
            </Link>
          )}
          <Verdict neighbour={neighbour} />
        </li>
      ))}
    </ol>
  );
}

function Picture({ neighbour: { sha256, fileName } }: { neighbour: SampleNeighbour }) {
  return sha256 === null ? (
    <IconPhotoOff size={22} stroke={1.2} aria-label={fileName} />
  ) : (
    <img src={pictureUrl(sha256, 256)} alt={fileName} loading="lazy" />
  );
}

function Verdict({ neighbour: { isSame, cosine } }: { neighbour: SampleNeighbour }) {
  const { t } = useTranslation();
  const Mark = isSame ? IconCheck : IconX;
  return (
    <span className="neighbour-verdict digits">
      <Mark size={12} aria-label={t(`runs.samples.verdicts.${isSame ? 'right' : 'wrong'}`)} />
      {cosine.toFixed(2)}
    </span>
  );
}
