// The charts of one answer of the server, each with what a click on it finds.

import { SegmentedControl, Text, useComputedColorScheme } from '@mantine/core';
import type { Statistics } from '@migaki/api';
import { BarChart, HeatmapChart } from 'echarts/charts';
import { VisualMapComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import type { Status } from '../StatusIcon.tsx';
import { ChartCard } from './ChartCard.tsx';
import {
  type Bar,
  centresHeatMap,
  columnBars,
  pairsHeatMap,
  rowBars,
  rowsHeight,
} from './chart-options.ts';
import {
  rasterSide,
  withCategories,
  withCentre,
  withCount,
  withMeasure,
  withValue,
} from './picks.ts';

use([BarChart, HeatmapChart, VisualMapComponent]);

const columnHeight = 220;
/** More rows than this scroll. */
const shownRows = 14;
/** More than can be told apart along a side. */
const shownPaired = 24;

/** What a click finds: pictures, or objects where those were counted. */
export interface Pick {
  of: 'images' | 'objects';
  query: string;
}

interface ChartsProps {
  data: Statistics;
  query: string;
  style: OverlayStyle;
  onPick: (pick: Pick) => void;
}

export function Charts({ data, query, style, onPick }: ChartsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scheme = useComputedColorScheme();
  const [counted, setCounted] = useState<'objects' | 'images'>('objects');
  const charts = useMemo(() => {
    const nameOf = (categoryId: number) =>
      style.categories.get(categoryId)?.name ?? String(categoryId);
    const range = (from: number, to: number) => `${format.number(from)}–${format.number(to)}`;
    const rows = (bars: Bar[]) => ({
      bars,
      option: rowBars(bars),
      height: rowsHeight(bars.length),
    });
    const columns = (bars: Bar[]) => ({ bars, option: columnBars(bars), height: columnHeight });
    const measures = (bins: Statistics['boxSides']) =>
      columns(bins.map(({ from, to, count }) => ({ label: range(from, to), count })));
    const classCount = counted === 'objects' ? 'objectCount' : 'imageCount';
    const paired = data.categories
      .toSorted((a, b) => b.imageCount - a.imageCount)
      .slice(0, shownPaired)
      .map(({ categoryId }) => categoryId);
    const pairs = data.pairs.filter(({ a, b }) => paired.includes(a) && paired.includes(b));
    return {
      classes: rows(
        data.categories
          .toSorted((a, b) => b[classCount] - a[classCount])
          .map((each) => ({
            label: nameOf(each.categoryId),
            count: each[classCount],
            color: style.colorOf({ categoryId: each.categoryId, origin: 'import' }),
          })),
      ),
      objectsPerImage: columns(
        // Whole numbers are told as such: 3, not 3–4.
        data.objectsPerImage.map(({ from, to, count }) => ({
          label: to - from <= 1 ? format.number(from) : range(from, to - 1),
          count,
        })),
      ),
      boxSides: measures(data.boxSides),
      boxAspects: measures(data.boxAspects),
      statuses: rows(
        data.statuses.map(({ value, count }) => ({
          label: t(`statuses.${value as Status}`),
          count,
        })),
      ),
      shapes: rows(
        data.shapes.map(({ value, count }) => ({ label: t(`shapes.${value as 'box'}`), count })),
      ),
      states: rows(
        data.states.map(({ value, count }) => ({
          label: t(`states.${value as 'accepted'}`),
          count,
        })),
      ),
      reviewed: rows(
        data.reviewed.map(({ value, count }) => ({
          label: t(`reviewedValues.${value as 'yes'}`),
          count,
        })),
      ),
      tags: rows(data.tags.map(({ value, count }) => ({ label: value, count }))),
      centres: {
        bars: data.centres.map((count, index) => ({
          label: t('statistics.cell', {
            row: Math.floor(index / rasterSide) + 1,
            column: (index % rasterSide) + 1,
          }),
          count,
        })),
        option: centresHeatMap(data.centres, rasterSide),
        height: columnHeight,
      },
      pairs: {
        names: pairs.map(({ a, b }) => [nameOf(a), nameOf(b)]),
        bars: pairs.map(({ a, b, imageCount }) => ({
          label: `${nameOf(a)} + ${nameOf(b)}`,
          count: imageCount,
        })),
        option: pairsHeatMap(
          paired.map(nameOf),
          pairs.map(({ a, b, imageCount }) => [paired.indexOf(a), paired.indexOf(b), imageCount]),
          scheme === 'dark' ? '#fff' : '#1f2328',
        ),
        height: Math.max(columnHeight, paired.length * 20 + 90),
      },
    };
  }, [data, style, format, t, counted, scheme]);

  const images = (text: string) => onPick({ of: 'images', query: text });
  const objects = (text: string) => onPick({ of: 'objects', query: text });
  const maxRowsHeight = rowsHeight(shownRows);
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t('statistics.summary', {
          objects: format.count(data.objectCount),
          pictures: format.count(data.imageCount),
          average: format.number(data.objectCount / Math.max(1, data.imageCount)),
        })}
      </Text>
      <div className="charts">
        <ChartCard
          title={t('statistics.classes')}
          help={t(`statistics.classesHelp.${counted}`, { count: data.categories.length })}
          {...charts.classes}
          maxHeight={maxRowsHeight}
          controls={
            <SegmentedControl
              size="xs"
              value={counted}
              onChange={(value) => setCounted(value as typeof counted)}
              aria-label={t('statistics.classes')}
              data={[
                { value: 'objects', label: t('dataset.tabs.objects') },
                { value: 'images', label: t('dataset.tabs.images') },
              ]}
            />
          }
          onPick={(index) =>
            onPick({
              of: counted,
              query: withValue(query, 'category', charts.classes.bars[index].label),
            })
          }
        />
        <ChartCard
          title={t('statistics.pairs')}
          help={
            data.categories.length > shownPaired
              ? t('statistics.pairsLargest', { count: shownPaired })
              : t('statistics.pairsHelp')
          }
          {...charts.pairs}
          maxHeight={maxRowsHeight}
          onPick={(index) => images(withCategories(query, charts.pairs.names[index]))}
        />
        <ChartCard
          title={t('statistics.objectsPerImage')}
          help={t('statistics.objectsPerImageHelp')}
          {...charts.objectsPerImage}
          onPick={(index) => images(withCount(query, data.objectsPerImage[index]))}
        />
        <ChartCard
          title={t('statistics.boxSides')}
          help={t('statistics.boxSidesHelp')}
          {...charts.boxSides}
          onPick={(index) => objects(withMeasure(query, 'boxside', data.boxSides[index]))}
        />
        <ChartCard
          title={t('statistics.boxAspects')}
          help={t('statistics.boxAspectsHelp')}
          {...charts.boxAspects}
          onPick={(index) => objects(withMeasure(query, 'aspect', data.boxAspects[index]))}
        />
        <ChartCard
          title={t('statistics.centres')}
          help={t('statistics.centresHelp')}
          {...charts.centres}
          onPick={(index) => objects(withCentre(query, index))}
        />
        <ChartCard
          title={t('filters.status')}
          help={t('statistics.statusesHelp')}
          {...charts.statuses}
          onPick={(index) => images(withValue(query, 'status', data.statuses[index].value))}
        />
        <ChartCard
          title={t('filters.reviewed')}
          help={t('statistics.reviewedHelp')}
          {...charts.reviewed}
          onPick={(index) => images(withValue(query, 'reviewed', data.reviewed[index].value))}
        />
        <ChartCard
          title={t('filters.state')}
          help={t('statistics.statesHelp')}
          {...charts.states}
          onPick={(index) => objects(withValue(query, 'state', data.states[index].value))}
        />
        <ChartCard
          title={t('filters.has')}
          help={t('statistics.shapesHelp')}
          {...charts.shapes}
          onPick={(index) => objects(withValue(query, 'has', data.shapes[index].value))}
        />
        <ChartCard
          title={t('filters.tag')}
          help={t('statistics.tagsHelp')}
          {...charts.tags}
          maxHeight={maxRowsHeight}
          onPick={(index) => images(withValue(query, 'tag', data.tags[index].value))}
        />
      </div>
    </>
  );
}
