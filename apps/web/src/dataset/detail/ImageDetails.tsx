// Beside the picture: status, tags, objects by category, what the file says.

import { Badge, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { originKind } from '@migaki/annotator';
import type { Annotation, Image } from '@migaki/api';
import { IconRobot, IconUpload, IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { ImageHistory } from '../history/ImageHistory.tsx';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { type Status, StatusIcon, statuses } from '../StatusIcon.tsx';
import { TagEditor } from './TagEditor.tsx';
import { useSetStatus } from './use-set-status.ts';

interface ImageDetailsProps {
  datasetId: number;
  image: Image;
  style: OverlayStyle;
  onHover: (annotationId: number | null) => void;
}

export function ImageDetails({ datasetId, image, style, onHover }: ImageDetailsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const setStatus = useSetStatus(datasetId);
  const byCategory = Map.groupBy(image.annotations, ({ categoryId }) => categoryId);
  const facts: [name: string, value: ReactNode][] = [
    [t('detail.size'), image.width === null ? '–' : `${image.width} × ${image.height}`],
    [t('detail.bytes'), image.byteSize === null ? '–' : format.bytes(image.byteSize)],
    [t('detail.type'), image.mediaType ?? '–'],
    [t('detail.captured'), image.capturedAt === null ? '–' : format.time(image.capturedAt)],
    [t('detail.added'), format.time(image.addedAt)],
    [t('detail.id'), image.id],
    ...Object.entries(image.metadata).map(([key, value]): [string, ReactNode] => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ];
  return (
    <aside className="details" aria-label={t('detail.title')}>
      <section>
        <SegmentedControl
          fullWidth
          size="xs"
          value={image.status}
          aria-label={t('bulk.status')}
          onChange={(status) => setStatus.mutate({ imageId: image.id, status: status as Status })}
          data={statuses.map((status) => ({
            value: status,
            label: (
              <Tooltip label={t(`statuses.${status}`)}>
                <span className="status-choice">
                  <StatusIcon status={status} />
                  {image.status === status && <span>{t(`statuses.${status}`)}</span>}
                </span>
              </Tooltip>
            ),
          }))}
        />
      </section>
      <section>
        <h3>{t('filters.tag')}</h3>
        <TagEditor datasetId={datasetId} imageId={image.id} tags={image.tags} />
      </section>
      <ImageHistory key={image.id} datasetId={datasetId} imageId={image.id} />
      <section className="details-objects">
        <h3>
          {t('counts.objects', {
            count: image.annotations.length,
            shown: format.count(image.annotations.length),
          })}
        </h3>
        {[...byCategory].map(([categoryId, annotations]) => (
          <div key={categoryId} className="object-group">
            <div className="object-group-name">
              <span
                className="swatch"
                style={{ background: style.colorOf({ categoryId, origin: 'import' }) }}
              />
              <Text size="sm" fw={600} truncate>
                {categoryId === null
                  ? t('detail.noCategory')
                  : (style.categories.get(categoryId)?.name ?? categoryId)}
              </Text>
              <Text size="xs" c="dimmed">
                {format.count(annotations.length)}
              </Text>
            </div>
            {annotations.map((annotation) => (
              <ObjectRow key={annotation.id} annotation={annotation} onHover={onHover} />
            ))}
          </div>
        ))}
      </section>
      <section>
        <h3>{t('detail.picture')}</h3>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </aside>
  );
}

const originIcons = { human: IconUser, import: IconUpload, model: IconRobot };

function ObjectRow({
  annotation,
  onHover,
}: {
  annotation: Annotation;
  onHover: ImageDetailsProps['onHover'];
}) {
  const { t } = useTranslation();
  const { id, bbox, segmentation, keypoints, score, origin, state, caption, attributes } =
    annotation;
  const kind = originKind(origin);
  const Icon = originIcons[kind];
  const shapes = [
    segmentation !== null && (Array.isArray(segmentation) ? t('shapes.polygon') : t('shapes.mask')),
    segmentation === null && bbox !== null && t('shapes.box'),
    keypoints !== null && keypoints.length > 0 && t('shapes.keypoints'),
  ].filter((name) => name !== false);
  const extent = bbox === null ? '' : `${Math.round(bbox[2])} × ${Math.round(bbox[3])}`;
  return (
    <button
      type="button"
      className="object-row"
      data-state={state}
      onMouseEnter={() => onHover(id)}
      onMouseLeave={() => onHover(null)}
      onFocus={() => onHover(id)}
      onBlur={() => onHover(null)}
      title={Object.entries(attributes)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join('\n')}
    >
      <Icon size={13} aria-label={kind === 'model' ? origin : t(`origins.${kind}`)} />
      <span className="object-id">#{id}</span>
      <span className="object-shape">{caption ?? shapes.join(' + ')}</span>
      <span className="object-extent">{extent}</span>
      {score !== null && (
        <Badge size="xs" variant="light" color={state === 'proposed' ? 'orange' : 'gray'}>
          {score.toFixed(2)}
        </Badge>
      )}
      {state !== 'accepted' && (
        <Badge size="xs" variant="outline" color={state === 'proposed' ? 'orange' : 'gray'}>
          {t(`states.${state}`)}
        </Badge>
      )}
    </button>
  );
}
