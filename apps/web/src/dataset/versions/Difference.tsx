// What lies between two revisions: numbers per category, then the images, before beside after.

import { Badge, Loader, Table, Text } from '@mantine/core';
import type { Annotation, FieldChange, ImageSummary } from '@migaki/api';
import { IconEqual, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { type client, pictureUrl } from '../../server/client.ts';
import { differenceQuery } from '../../server/queries.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { FileName } from '../FileName.tsx';
import { FieldChanges } from '../history/FieldChanges.tsx';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { contain } from '../overlay/geometry.ts';
import { OverlayCanvas } from '../overlay/OverlayCanvas.tsx';
import { useOverlayStyle } from '../overlay/use-overlay-style.ts';
import { type Change, compareObjects } from './compare.ts';

const looks = {
  added: { color: 'teal', stroke: '#2dd4a7', icon: IconPlus },
  removed: { color: 'red', stroke: '#ff5c5c', icon: IconMinus },
  changed: { color: 'yellow', stroke: '#ffc53d', icon: IconPencil },
  same: { color: 'gray', stroke: '#9aa4b8', icon: IconEqual },
} as const;

/** CSS pixels. */
const pictureSize = { width: 380, height: 285 };
const rowHeight = pictureSize.height + 44;
const fieldRowHeight = 64;

interface DifferenceProps {
  datasetId: number;
  from: string;
  to: string;
}

export function Difference({ datasetId, from, to }: DifferenceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const style = useOverlayStyle(datasetId);
  const scroller = useRef<HTMLDivElement>(null);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    differenceQuery(datasetId, from, to),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isOfFieldsAlone(items[index]) ? fieldRowHeight : rowHeight),
    overscan: 3,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= items.length - 8) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, items.length]);

  if (error !== null && data === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (data === undefined) return <Loader m="auto" />;
  const [{ images, fields, categories }] = data.pages;
  if (items.length === 0) {
    return (
      <Text c="dimmed" m="auto">
        {t('versions.same')}
      </Text>
    );
  }
  return (
    <section
      ref={scroller}
      className="difference"
      aria-label={t('versions.difference')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
    >
      <div className="difference-summary">
        {(['added', 'changed', 'removed'] as const).map((change) => (
          <ChangeBadge
            key={change}
            change={change}
            label={`${t(`versions.images.${change}`)}: ${images[change]}`}
          />
        ))}
        {fields.map(({ field, imageCount }) => (
          <Badge key={field} color="gray" variant="light" size="lg">
            {t('versions.fieldCount', {
              field: t(`fields.${field}`),
              shown: format.count(imageCount),
            })}
          </Badge>
        ))}
        {categories.length > 0 && <CategoryTable categories={categories} style={style} />}
      </div>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start, size }) => (
          <div
            key={items[index].image.id}
            className="difference-row"
            style={{ transform: `translateY(${start}px)`, height: size }}
          >
            {isOfFieldsAlone(items[index]) ? (
              <FieldDifference {...items[index]} />
            ) : (
              <ImageDifference {...items[index]} style={style} />
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function ChangeBadge({ change, label }: { change: Change; label: string }) {
  const { color, icon: Icon } = looks[change];
  return (
    <Badge
      color={color}
      variant="light"
      // The usual ground is too dark for its own text.
      bg={`light-dark(var(--mantine-color-${color}-0), var(--mantine-color-${color}-light))`}
      size="lg"
      leftSection={<Icon size={13} />}
    >
      {label}
    </Badge>
  );
}

interface CategoryTableProps {
  categories: { categoryId: number | null; added: number; removed: number; changed: number }[];
  style: OverlayStyle;
}

function CategoryTable({ categories, style }: CategoryTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table w="auto" fz="xs" verticalSpacing={3} horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('filters.category')}</Table.Th>
          <Table.Th ta="right">+ {t('versions.objects.added')}</Table.Th>
          <Table.Th ta="right">± {t('versions.objects.changed')}</Table.Th>
          <Table.Th ta="right">− {t('versions.objects.removed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {categories.map(({ categoryId, added, removed, changed }) => (
          <Table.Tr key={categoryId}>
            <Table.Td>
              {categoryId === null
                ? t('detail.noCategory')
                : (style.categories.get(categoryId)?.name ?? categoryId)}
            </Table.Td>
            <Table.Td ta="right">{format.count(added)}</Table.Td>
            <Table.Td ta="right">{format.count(changed)}</Table.Td>
            <Table.Td ta="right">{format.count(removed)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

type Item = Awaited<ReturnType<typeof client.getDifference>>['items'][number];

/** Its picture and objects are the same on both sides. */
const isOfFieldsAlone = ({ change, before, after, fields }: Item): boolean =>
  change === 'changed' && before.length + after.length === 0 && fields.length > 0;

function FieldDifference({ image, fields }: Item) {
  return (
    <article className="difference-fields">
      {image.sha256 === null ? (
        <span className="no-picture" />
      ) : (
        <img src={pictureUrl(image.sha256, 128)} alt="" loading="lazy" />
      )}
      <Text size="sm" fw={600} miw={0} component="div">
        <FileName fileName={image.fileName} />
      </Text>
      <FieldChanges changes={fields} />
    </article>
  );
}

interface ImageDifferenceProps {
  image: ImageSummary;
  change: 'added' | 'removed' | 'changed';
  fields: FieldChange[];
  before: Annotation[];
  after: Annotation[];
  style: OverlayStyle;
}

function ImageDifference({ image, change, fields, before, after, style }: ImageDifferenceProps) {
  const { t } = useTranslation();
  const changes = useMemo(() => compareObjects(before, after), [before, after]);
  const counts = Map.groupBy(changes.values(), (each) => each);
  const colored = useMemo<OverlayStyle>(
    () => ({
      ...style,
      // A change of category shows in nothing but its name.
      isLabelled: ({ id }) => changes.get(id) === 'changed',
      colorOf: ({ id }) => looks[(id === undefined ? undefined : changes.get(id)) ?? 'same'].stroke,
    }),
    [style, changes],
  );
  const placement = useMemo(
    () => contain({ width: image.width ?? 4, height: image.height ?? 3 }, pictureSize),
    [image.width, image.height],
  );
  // What did not change is context: it lies under what did.
  const ordered = (annotations: Annotation[]) =>
    annotations.toSorted(
      (a, b) => Number(changes.get(a.id) !== 'same') - Number(changes.get(b.id) !== 'same'),
    );
  const picture = (annotations: Annotation[], label: string, isThere: boolean) => (
    <figure className="difference-picture" style={pictureSize}>
      {isThere && image.sha256 !== null && (
        <img
          src={pictureUrl(image.sha256, 512)}
          alt=""
          loading="lazy"
          style={{
            left: placement.x,
            top: placement.y,
            width: placement.width,
            height: placement.height,
          }}
        />
      )}
      {isThere && (
        <OverlayCanvas
          tileWidth={pictureSize.width}
          tileHeight={pictureSize.height}
          placement={placement}
          overlays={ordered(annotations)}
          style={colored}
        />
      )}
      {!isThere && <div className="tile-missing">{t('versions.notThere')}</div>}
      <figcaption>{label}</figcaption>
    </figure>
  );
  return (
    <article>
      <header className="difference-name">
        <Text size="sm" fw={600} miw={0} component="div">
          <FileName fileName={image.fileName} />
        </Text>
        {change !== 'changed' && (
          <ChangeBadge change={change} label={t(`versions.images.${change}`)} />
        )}
        {(['added', 'changed', 'removed'] as const).map((each) =>
          counts.has(each) ? (
            <ChangeBadge
              key={each}
              change={each}
              label={`${t(`versions.objects.${each}`)}: ${counts.get(each)?.length}`}
            />
          ) : null,
        )}
        <FieldChanges changes={fields} />
      </header>
      <div className="difference-pair">
        {picture(before, t('versions.before'), change !== 'added')}
        {picture(after, t('versions.after'), change !== 'removed')}
      </div>
    </article>
  );
}
