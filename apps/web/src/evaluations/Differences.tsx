// Two models side by side: on how many pictures each is the better one, and the pictures where they differ most.

import { Group, Loader, Text } from '@mantine/core';
import type { Evaluation } from '@migaki/api';
import { IconPhotoOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useRunWords } from '../runs/use-run-words.ts';
import { pictureUrl } from '../server/client.ts';
import {
  differencesQuery,
  evaluationQuery,
  judgementsOfImageQuery,
} from '../server/evaluation-queries.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkAnchor } from '../shell/links.tsx';
import { MoreButton } from './MoreButton.tsx';
import { outcomeColors } from './outcome-colors.ts';
import '../dataset/versions/versions.css';

interface DifferencesProps {
  evaluation: Evaluation;
  otherId: number;
}

export function Differences({ evaluation, otherId }: DifferencesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  const { data: other } = useQuery(evaluationQuery(otherId));
  const query = useInfiniteQuery(differencesQuery(evaluation.id, otherId));
  const { data, error, refetch } = query;
  if (error !== null && data === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (data === undefined || other === undefined) return <Loader />;
  const { better, worse, equal } = data.pages[0];
  const all = Math.max(1, better + worse + equal);
  const { primaryMetric: metric } = evaluation;
  const sides = [
    { side: 'this', name: evaluation.modelName, count: better, of: evaluation },
    { side: 'equal', name: t('evaluations.differences.equal'), count: equal, of: null },
    { side: 'other', name: other.modelName, count: worse, of: other },
  ];
  return (
    <section aria-label={t('evaluations.differences.title')}>
      <Text fw={600} component="h2" size="md" mb="xs">
        {t('evaluations.differences.title')}
      </Text>
      <div className="sides-bar" aria-hidden>
        {sides.map(({ side, count }) => (
          <span key={side} data-side={side} style={{ width: `${(100 * count) / all}%` }} />
        ))}
      </div>
      <Group justify="space-between" mb="md">
        {sides.map(({ side, name, count, of }) => (
          <Text key={side} size="sm" className="digits">
            <b>{name}</b> {format.count(count)}
            {of !== null &&
              of.metrics[metric] !== undefined &&
              ` · ${words.metric(metric)} ${words.score(metric, of.metrics[metric])}`}
          </Text>
        ))}
      </Group>
      <div className="image-differences">
        {data.pages
          .flatMap(({ items }) => items)
          .map(({ imageId, image, mistakeCount, otherMistakeCount, wrongness, otherWrongness }) => (
            <article key={imageId} className="image-difference">
              <Side
                evaluation={evaluation}
                imageId={imageId}
                image={image}
                mistakeCount={mistakeCount}
                isBetter={wrongness < otherWrongness}
              />
              <Side
                evaluation={other}
                imageId={imageId}
                image={image}
                mistakeCount={otherMistakeCount}
                isBetter={otherWrongness < wrongness}
              />
              <Text size="xs" c="dimmed" className="difference-name" truncate>
                {image === null || evaluation.dataset.datasetId === null ? (
                  (image?.fileName ?? `#${imageId}`)
                ) : (
                  <LinkAnchor
                    inherit
                    to="/datasets/$datasetId/annotate/$imageId"
                    params={{
                      datasetId: String(evaluation.dataset.datasetId),
                      imageId: String(imageId),
                    }}
                    search={{}}
                  >
                    {image.fileName}
                  </LinkAnchor>
                )}
              </Text>
            </article>
          ))}
      </div>
      <MoreButton query={query} />
    </section>
  );
}

interface SideProps {
  evaluation: Evaluation;
  imageId: number;
  image: { sha256: string | null; width: number; height: number } | null;
  mistakeCount: number;
  isBetter: boolean;
}

/** The picture with what one of the two found on it, in the colours of what became of it. */
function Side({ evaluation, imageId, image, mistakeCount, isBetter }: SideProps) {
  const { t } = useTranslation();
  const { data } = useQuery(judgementsOfImageQuery(evaluation.id, imageId));
  return (
    <div data-better={isBetter || undefined}>
      {image === null || image.sha256 === null ? (
        <span className="judgement-picture">
          <IconPhotoOff size={28} stroke={1.2} aria-label={t('grid.missing')} />
        </span>
      ) : (
        <svg
          className="judgement-picture"
          viewBox={`0 0 ${image.width} ${image.height}`}
          aria-hidden
        >
          <image href={pictureUrl(image.sha256, 512)} width={image.width} height={image.height} />
          {data?.items.map(({ position, outcome, predictedBox, trueBox }) => {
            const box = predictedBox ?? trueBox;
            return box === null ? null : (
              <rect
                key={position}
                x={box[0]}
                y={box[1]}
                width={box[2] - box[0]}
                height={box[3] - box[1]}
                fill="none"
                stroke={outcomeColors[outcome]}
                strokeWidth={image.width / 150}
                strokeDasharray={predictedBox === null ? `${image.width / 50}` : undefined}
              />
            );
          })}
        </svg>
      )}
      <Text size="xs" className="digits">
        {evaluation.modelName} · {t('evaluations.differences.mistakes', { count: mistakeCount })}
      </Text>
    </div>
  );
}
