// What lies between two revisions: numbers per category, then the images, before beside after.

import { Badge, Loader, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { Annotation, FieldChange, ImageSummary } from '@migaki/api';
import {
  IconArrowNarrowRight,
  IconEqual,
  IconMinus,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { type client, pictureUrl } from '../../server/client.ts';
import { differenceQuery } from '../../server/queries.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { FileName, FileNames } from '../FileName.tsx';
import { FieldChanges } from '../history/FieldChanges.tsx';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { contain } from '../overlay/geometry.ts';
import { OverlayCanvas } from '../overlay/OverlayCanvas.tsx';
import { useOverlayStyle } from '../overlay/use-overlay-style.ts';
import { type Change, categoryChanges, compareObjects } from './compare.ts';

const looks = {
  added: { color: 'teal', stroke: '#2dd4a7', icon: IconPlus },
  removed: { color: 'red', stroke: '#ff5c5c', icon: IconMinus },
  changed: { color: 'yellow', stroke: '#ffc53d', icon: IconPencil },
  same: { color: 'gray', stroke: '#9aa4b8', icon: IconEqual },
} as const;

/** CSS pixels. A phone has room for less, and for one beside the other neither. */
const widestPicture = 380;
const headHeight = 44;
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
  const { ref: measured, width: room } = useElementSize();
  const width = Math.min(widestPicture, room || widestPicture);
  const pictureSize = useMemo(() => ({ width, height: Math.round(width * 0.75) }), [width]);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    differenceQuery(datasetId, from, to),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      isOfFieldsAlone(items[index]) ? fieldRowHeight : pictureSize.height + headHeight,
    overscan: 3,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= items.length - 8) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, items.length]);

  const names = data?.pages[0].names;
  const styles = useMemo(
    () => ({
      before: namedAs(style, names?.before ?? []),
      after: namedAs(style, names?.after ?? []),
    }),
    [style, names],
  );

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
        {categories.length > 0 && <CategoryTable categories={categories} styles={styles} />}
      </div>
      <div ref={measured} style={{ height: rows.getTotalSize(), position: 'relative' }}>
        <FileNames of={items.map(({ image }) => image.fileName)}>
          {shown.map(({ index, start }) => (
            <div
              key={items[index].image.id}
              ref={rows.measureElement}
              data-index={index}
              className="difference-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              {isOfFieldsAlone(items[index]) ? (
                <FieldDifference {...items[index]} />
              ) : (
                <ImageDifference {...items[index]} styles={styles} pictureSize={pictureSize} />
              )}
            </div>
          ))}
        </FileNames>
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

/** How the objects of either end are drawn: with the names that their categories had. */
type Styles = Readonly<Record<'before' | 'after', OverlayStyle>>;

function namedAs(
  style: OverlayStyle,
  names: readonly { categoryId: number; name: string }[],
): OverlayStyle {
  const categories = new Map(style.categories);
  for (const { categoryId: id, name } of names) {
    categories.set(id, { ...withoutKeypoints, ...categories.get(id), id, name });
  }
  return { ...style, categories };
}

const withoutKeypoints = {
  supercategory: null,
  color: null,
  keypoints: null,
  skeleton: null,
  flipIndex: null,
  keypointPositions: null,
  imageCount: 0,
  objectCount: 0,
};

interface CategoryTableProps {
  categories: { categoryId: number | null; added: number; removed: number; changed: number }[];
  styles: Styles;
}

function CategoryTable({ categories, styles }: CategoryTableProps) {
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
                : (nameIn(styles, 'after', categoryId) ?? categoryId)}
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

/** Where it is called nothing at one end, it was not there: then as the other one says. */
const nameIn = (styles: Styles, end: keyof Styles, categoryId: number): string | undefined =>
  (styles[end].categories.get(categoryId) ?? styles.before.categories.get(categoryId))?.name;

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
  styles: Styles;
  /** CSS pixels. */
  pictureSize: { width: number; height: number };
}

function ImageDifference(props: ImageDifferenceProps) {
  const { image, change, fields, before, after, styles, pictureSize } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const changes = useMemo(() => compareObjects(before, after), [before, after]);
  const counts = Map.groupBy(changes.values(), (each) => each);
  const colored = useMemo(() => {
    const ofChange = (style: OverlayStyle): OverlayStyle => ({
      ...style,
      // A change of category shows in nothing but its name.
      isLabelled: ({ id }) => changes.get(id) === 'changed',
      colorOf: ({ id }) => looks[(id === undefined ? undefined : changes.get(id)) ?? 'same'].stroke,
    });
    return { before: ofChange(styles.before), after: ofChange(styles.after) };
  }, [styles, changes]);
  const nameOf = (end: keyof Styles, id: number | null) =>
    id === null ? t('detail.noCategory') : (nameIn(styles, end, id) ?? `${id}`);
  const placement = useMemo(
    () => contain({ width: image.width ?? 4, height: image.height ?? 3 }, pictureSize),
    [image.width, image.height, pictureSize],
  );
  // What did not change is context: it lies under what did.
  const ordered = (annotations: Annotation[]) =>
    annotations.toSorted(
      (a, b) => Number(changes.get(a.id) !== 'same') - Number(changes.get(b.id) !== 'same'),
    );
  const picture = (end: keyof Styles, annotations: Annotation[], isThere: boolean) => (
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
          style={colored[end]}
        />
      )}
      {!isThere && <div className="tile-missing">{t('versions.notThere')}</div>}
      <figcaption>{t(`versions.${end}`)}</figcaption>
    </figure>
  );
  return (
    <article>
      <header className="difference-name">
        <Text size="sm" fw={600} miw={0} component="div">
          <FileName fileName={image.fileName} />
        </Text>
        {change !== 'changed' && (
          <ChangeBadge change={change} label={t(`versions.image.${change}`)} />
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
        {categoryChanges(before, after).map(({ from, to, count }) => (
          <span key={`${from} ${to}`} className="field-change">
            {nameOf('before', from)} <IconArrowNarrowRight size={14} aria-label="→" />{' '}
            {nameOf('after', to)}
            {count > 1 && <span className="field-change-name">× {format.count(count)}</span>}
          </span>
        ))}
        <FieldChanges changes={fields} />
      </header>
      <div className="difference-pair">
        {picture('before', before, change !== 'added')}
        {picture('after', after, change !== 'removed')}
      </div>
    </article>
  );
}
