// What the matching part of a dataset is made of. A click on a bar filters and shows the pictures.

import { Loader, Text } from '@mantine/core';
import type { Statistics } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { statisticsQuery } from '../../server/queries.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { EmptyView } from '../EmptyView.tsx';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { useOverlayStyle } from '../overlay/use-overlay-style.ts';
import { setRange, setValues } from '../query/query-text.ts';
import { queryErrorOf } from '../query-error.ts';
import type { Status } from '../StatusIcon.tsx';
import { ViewFrame } from '../ViewFrame.tsx';
import { ChartCard } from './ChartCard.tsx';
import { centresHeatMap, columnBars, rowBars, rowsHeight } from './chart-options.ts';

const route = getRouteApi('/datasets/$datasetId/statistics');
/** More rows than can be compared by eye. */
const shownCategories = 60;
const rasterSide = 16;
const columnHeight = 220;

export function StatisticsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const params = route.useParams();
  const datasetId = Number(params.datasetId);
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const style = useOverlayStyle(datasetId);
  const { data, error, refetch } = useQuery(statisticsQuery(datasetId, q));
  const queryError = queryErrorOf(error);
  const show = (query: string) =>
    navigate({ to: '/datasets/$datasetId/images', params, search: { q: query } });
  return (
    <ViewFrame
      datasetId={datasetId}
      view={{ q, sort: 'name' }}
      style={style}
      hasTiles={false}
      queryError={queryError}
      summary={
        data === undefined
          ? null
          : t('counts.pictures', { count: data.imageCount, shown: format.count(data.imageCount) })
      }
      onChange={({ q: query }) => navigate({ search: { q: query || undefined } })}
    >
      <div className="charts-scroller">
        {error !== null && queryError === null && data === undefined && (
          <ErrorView error={error} onRetry={refetch} />
        )}
        {data === undefined && error === null && <Loader m="auto" mt={80} />}
        {data?.imageCount === 0 && (
          <EmptyView
            datasetId={datasetId}
            hasQuery={q !== ''}
            onClear={() => navigate({ search: {} })}
          />
        )}
        {data !== undefined && data.imageCount > 0 && (
          <Charts data={data} query={q} style={style} onShow={show} />
        )}
      </div>
    </ViewFrame>
  );
}

interface ChartsProps {
  data: Statistics;
  query: string;
  style: OverlayStyle;
  onShow: (query: string) => void;
}

function Charts({ data, query, style, onShow }: ChartsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const charts = useMemo(() => {
    const categories = data.categories
      .toSorted((a, b) => b.objectCount - a.objectCount)
      .slice(0, shownCategories)
      .map(({ categoryId, objectCount }) => ({
        label: style.categories.get(categoryId)?.name ?? String(categoryId),
        count: objectCount,
        color: style.colorOf({ categoryId, origin: 'import' }),
      }));
    const bars = (bins: Statistics['boxSides']) =>
      bins.map(({ from, to, count }) => ({
        label: `${format.number(from)}–${format.number(to)}`,
        count,
      }));
    // Whole numbers are told as such: 3, not 3–4.
    const wholeBars = (bins: Statistics['boxSides']) =>
      bins.map(({ from, to, count }) => ({
        label:
          to - from <= 1 ? format.number(from) : `${format.number(from)}–${format.number(to - 1)}`,
        count,
      }));
    const statuses = data.statuses.map(({ value, count }) => ({
      label: t(`statuses.${value as Status}`),
      count,
    }));
    const centres = data.centres.flatMap((count, index) =>
      count > 0
        ? [
            {
              label: `${Math.floor(index / rasterSide) + 1} / ${(index % rasterSide) + 1}`,
              count,
              index,
            },
          ]
        : [],
    );
    return {
      categories: { bars: categories, option: rowBars(categories) },
      objectsPerImage: withColumns(wholeBars(data.objectsPerImage), { isPickable: true }),
      boxSides: withColumns(bars(data.boxSides)),
      boxAspects: withColumns(bars(data.boxAspects)),
      statuses: { bars: statuses, option: rowBars(statuses) },
      centres: { bars: centres, option: centresHeatMap(data.centres, rasterSide) },
    };
  }, [data, style, format, t]);

  const range = (field: string, { from, to }: { from: number; to: number }) =>
    setRange(query, field, { from, to }, { isOpenEnded: true });
  const only = (field: string, value: string) =>
    setValues(query, field, { included: [value], excluded: [] });

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
          help={
            data.categories.length > shownCategories
              ? t('statistics.largest', { count: shownCategories })
              : t('statistics.classesHelp')
          }
          {...charts.categories}
          height={rowsHeight(charts.categories.bars.length)}
          onPick={(index) => onShow(only('category', charts.categories.bars[index].label))}
        />
        <ChartCard
          title={t('statistics.objectsPerImage')}
          help={t('statistics.objectsPerImageHelp')}
          {...charts.objectsPerImage}
          height={columnHeight}
          onPick={(index) => onShow(range('count', data.objectsPerImage[index]))}
        />
        <ChartCard
          title={t('statistics.boxSides')}
          help={t('statistics.boxSidesHelp')}
          {...charts.boxSides}
          height={columnHeight}
        />
        <ChartCard
          title={t('statistics.boxAspects')}
          help={t('statistics.boxAspectsHelp')}
          {...charts.boxAspects}
          height={columnHeight}
        />
        <ChartCard
          title={t('statistics.centres')}
          help={t('statistics.centresHelp')}
          {...charts.centres}
          height={columnHeight}
        />
        <ChartCard
          title={t('filters.status')}
          {...charts.statuses}
          height={columnHeight}
          onPick={(index) => onShow(only('status', data.statuses[index].value))}
        />
      </div>
    </>
  );
}

const withColumns = (
  bars: { label: string; count: number }[],
  options?: { isPickable: boolean },
) => ({ bars, option: columnBars(bars, options) });
