// Beside the picture: status, tags, objects by category, what the file says.

import { Text } from '@mantine/core';
import type { Image } from '@migaki/api';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { FactList } from '../../shell/FactList.tsx';
import { changeImage } from '../acting/perform.ts';
import type { Verb } from '../acting/verbs.ts';
import { ImageHistory } from '../history/ImageHistory.tsx';
import { NextRow } from '../next/NextRow.tsx';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { StatusControl } from '../StatusControl.tsx';
import { ObjectRow } from './ObjectRow.tsx';
import { ReviewedRow } from './ReviewedRow.tsx';
import { TagEditor } from './TagEditor.tsx';

interface ImageDetailsProps {
  datasetId: number;
  image: Image;
  style: OverlayStyle;
  focusedId: number | null;
  onHover: (annotationId: number | null) => void;
  onFocus: (annotationId: number | null) => void;
  onVerb: (verb: Verb) => void;
  /** What people say of it. */
  children: ReactNode;
}

export function ImageDetails(props: ImageDetailsProps) {
  const { datasetId, image, style, focusedId, onHover, onFocus, onVerb, children } = props;
  const { t } = useTranslation();
  const format = useFormat();
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
        <StatusControl
          value={image.status}
          onChange={(status) => changeImage(datasetId, image.id, { type: 'setStatus', status })}
        />
        <ReviewedRow image={image} onVerb={onVerb} />
        <NextRow datasetId={datasetId} imageId={image.id} />
      </section>
      {children}
      <section>
        <h3>{t('filters.tag')}</h3>
        <TagEditor datasetId={datasetId} imageId={image.id} tags={image.tags} />
      </section>
      <ImageHistory key={image.id} datasetId={datasetId} image={image} style={style} />
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
              <ObjectRow
                key={annotation.id}
                annotation={annotation}
                isFocused={annotation.id === focusedId}
                onHover={onHover}
                onFocus={onFocus}
              />
            ))}
          </div>
        ))}
      </section>
      <section>
        <h3>{t('detail.picture')}</h3>
        <FactList className="facts" facts={facts} />
      </section>
    </aside>
  );
}
