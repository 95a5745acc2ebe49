// The filters with their counts, of pictures or of objects, as the view shows them. They hold nothing themselves: they read and edit the text of the query.

import { Button, Group, Text } from '@mantine/core';
import { originKind } from '@migaki/annotator';
import {
  IconBan,
  IconCheck,
  IconEyeCheck,
  IconEyeOff,
  IconFilterOff,
  IconSparkles,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { datasetQuery, facetsQuery, type View } from '../../server/queries.ts';
import { NextFilter } from '../next/NextFilter.tsx';
import type { ColorOf } from '../overlay/colors.ts';
import { setRange, toggleValue, valuesOf, withoutField } from '../query/query-text.ts';
import { StatusIcon, statuses } from '../StatusIcon.tsx';
import { FacetList, type FacetValue } from './FacetList.tsx';
import { FilterSection } from './FilterSection.tsx';
import { HistogramFilter } from './HistogramFilter.tsx';
import { LikenessFilter } from './LikenessFilter.tsx';

const reviewedValues = ['yes', 'no'] as const;
const reviewedSigns = {
  yes: <IconEyeCheck size={14} className="tile-reviewed" aria-hidden />,
  no: <IconEyeOff size={14} color="var(--mantine-color-dimmed)" aria-hidden />,
};
const stateSigns: Readonly<Record<string, ReactNode>> = {
  accepted: <IconCheck size={14} aria-hidden />,
  proposed: <IconSparkles size={14} className="tile-proposals" aria-hidden />,
  rejected: <IconBan size={14} aria-hidden />,
};

/** Undefined while the counts are on their way. */
const countOf = (
  counts: readonly { value: string; count: number }[] | undefined,
  value: string,
): number | undefined => counts && (counts.find((each) => each.value === value)?.count ?? 0);

interface FilterSidebarProps {
  datasetId: number;
  query: string;
  /** What is counted. */
  of: 'images' | 'objects';
  colorOf: ColorOf;
  areCountsDue: boolean;
  onChange: (view: Partial<View>) => void;
}

/** Drawn again only when the query or the counts change, not with every scroll of the grid beside it. */
export const FilterSidebar = memo(function FilterSidebar({
  datasetId,
  query,
  of,
  colorOf,
  areCountsDue,
  onChange: onChangeView,
}: FilterSidebarProps) {
  const { t } = useTranslation();
  const onChange = (q: string) => onChangeView({ q });
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  // The counts of a filter are those that choosing another of its values would give.
  const useFacetsBeside = (field: string) =>
    useQuery({ ...facetsQuery(datasetId, withoutField(query, field), of), enabled: areCountsDue })
      .data;
  const countedIn = (counts: { imageCount: number; objectCount: number }) =>
    of === 'images' ? counts.imageCount : counts.objectCount;
  const byCategory = useFacetsBeside('category');
  const byStatus = useFacetsBeside('status');
  const byOrigin = useFacetsBeside('origin');
  const byTag = useFacetsBeside('tag');
  const byScore = useFacetsBeside('score');
  const byCount = useFacetsBeside('count');
  const byWidth = useFacetsBeside('width');
  const byState = useFacetsBeside('state');
  const byReviewed = useFacetsBeside('reviewed');
  const byComments = useFacetsBeside('comments');
  const byShape = useFacetsBeside('has');

  const facet = (field: string, values: FacetValue[]) => (
    <FacetList
      label={t(`filters.${field}` as never)}
      values={values}
      chosen={valuesOf(query, field)}
      onToggle={(value, how) => onChange(toggleValue(query, field, value, how))}
    />
  );
  const histogram = (field: string, bins: { from: number; to: number; count: number }[] = []) => (
    <HistogramFilter
      field={field}
      label={t(`filters.${field}` as never)}
      query={query}
      bins={bins}
      onChange={(range, isOpenEnded) => onChange(setRange(query, field, range, { isOpenEnded }))}
    />
  );
  const isChosen = (field: string) => withoutField(query, field) !== query;
  const counts = new Map(byCategory?.categories.map((each) => [each.categoryId, countedIn(each)]));
  const categories = (dataset?.categories ?? []).map(({ id, name }) => ({
    value: name,
    label: name,
    count: byCategory && (counts.get(id) ?? 0),
    sign: (
      <span
        className="swatch"
        style={{ background: colorOf({ categoryId: id, origin: 'import' }) }}
      />
    ),
  }));
  /** A filter without anything to choose is not shown, unless it is in use. */
  const hasBars = (bins: readonly { count: number }[] | undefined, field: string) =>
    isChosen(field) || bins?.some(({ count }) => count > 0);

  return (
    <aside className="filters" aria-label={t('filters.title')}>
      <Group justify="space-between" h={28} mb={4}>
        <Text size="sm" fw={600}>
          {t('filters.title')}
        </Text>
        {query !== '' && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconFilterOff size={13} />}
            onClick={() => onChange('')}
          >
            {t('filters.clear')}
          </Button>
        )}
      </Group>
      <FilterSection
        title={t('filters.category')}
        isChosen={isChosen('category')}
        onClear={() => onChange(withoutField(query, 'category'))}
      >
        {dataset?.categories.length === 0 ? (
          <Text size="xs" c="dimmed">
            {t('filters.noCategories')}
          </Text>
        ) : (
          facet('category', categories)
        )}
      </FilterSection>
      <FilterSection
        title={t('filters.status')}
        isChosen={isChosen('status')}
        onClear={() => onChange(withoutField(query, 'status'))}
      >
        {facet(
          'status',
          statuses.map((status) => ({
            value: status,
            label: t(`statuses.${status}`),
            count: countOf(byStatus?.statuses, status),
            sign: <StatusIcon status={status} />,
          })),
        )}
      </FilterSection>
      <FilterSection
        title={t('filters.reviewed')}
        isChosen={isChosen('reviewed')}
        onClear={() => onChange(withoutField(query, 'reviewed'))}
      >
        {facet(
          'reviewed',
          reviewedValues.map((value) => ({
            value,
            label: t(`reviewedValues.${value}`),
            count: countOf(byReviewed?.reviewed, value),
            sign: reviewedSigns[value],
          })),
        )}
      </FilterSection>
      {((byState?.states.length ?? 0) > 1 || isChosen('state')) && (
        <FilterSection
          title={t('filters.state')}
          isChosen={isChosen('state')}
          onClear={() => onChange(withoutField(query, 'state'))}
        >
          {facet(
            'state',
            (byState?.states ?? []).map(({ value, ...counts }) => ({
              value,
              label: t(`states.${value as 'proposed'}`),
              count: countedIn(counts),
              sign: stateSigns[value],
            })),
          )}
        </FilterSection>
      )}
      {(byComments?.comments.some(({ count }) => count > 0) || isChosen('comments')) && (
        <FilterSection
          title={t('comments.title')}
          isChosen={isChosen('comments')}
          onClear={() => onChange(withoutField(query, 'comments'))}
        >
          {facet(
            'comments',
            (byComments?.comments ?? []).map(({ value, count }) => ({
              value,
              label: t(`commentStates.${value as 'open'}`),
              count,
            })),
          )}
        </FilterSection>
      )}
      {((byShape?.shapes.length ?? 0) > 1 || isChosen('has')) && (
        <FilterSection
          title={t('filters.has')}
          isChosen={isChosen('has')}
          onClear={() => onChange(withoutField(query, 'has'))}
          isOpenAtFirst={false}
        >
          {facet(
            'has',
            (byShape?.shapes ?? []).map(({ value, ...counts }) => ({
              value,
              label: t(`shapes.${value as 'box'}`),
              count: countedIn(counts),
            })),
          )}
        </FilterSection>
      )}
      {(byOrigin?.origins.length ?? 0) > 0 && (
        <FilterSection
          title={t('filters.origin')}
          isChosen={isChosen('origin')}
          onClear={() => onChange(withoutField(query, 'origin'))}
        >
          {facet(
            'origin',
            (byOrigin?.origins ?? []).map(({ value, count }) => ({
              // The query names a model without the word.
              value: value.replace(/^model /, ''),
              label:
                originKind(value) === 'model'
                  ? value.replace(/^model /, '')
                  : t(`origins.${originKind(value)}`),
              count,
            })),
          )}
        </FilterSection>
      )}
      {((byTag?.tags.length ?? 0) > 0 || isChosen('tag')) && (
        <FilterSection
          title={t('filters.tag')}
          isChosen={isChosen('tag')}
          onClear={() => onChange(withoutField(query, 'tag'))}
        >
          {facet(
            'tag',
            (byTag?.tags ?? []).map(({ value, count }) => ({ value, label: value, count })),
          )}
        </FilterSection>
      )}
      <LikenessFilter datasetId={datasetId} query={query} of={of} onChange={onChangeView} />
      <NextFilter datasetId={datasetId} query={query} of={of} onChange={onChangeView} />
      {hasBars(byScore?.scores, 'score') && (
        <FilterSection
          title={t('filters.score')}
          isChosen={isChosen('score')}
          onClear={() => onChange(withoutField(query, 'score'))}
        >
          {histogram('score', byScore?.scores)}
        </FilterSection>
      )}
      {hasBars(byCount?.objectsPerImage, 'count') && (
        <FilterSection
          title={t('filters.count')}
          isChosen={isChosen('count')}
          onClear={() => onChange(withoutField(query, 'count'))}
        >
          {histogram('count', byCount?.objectsPerImage)}
        </FilterSection>
      )}
      {hasBars(byWidth?.widths, 'width') && (
        <FilterSection
          title={t('filters.width')}
          isChosen={isChosen('width')}
          onClear={() => onChange(withoutField(query, 'width'))}
          isOpenAtFirst={false}
        >
          {histogram('width', byWidth?.widths)}
        </FilterSection>
      )}
    </aside>
  );
});
