// What each chart shows, as ECharts takes it. Pure.

import { format } from 'echarts/core';
import type { ChartOption } from '../../charts/Chart.tsx';

/** A tooltip is HTML, and names may hold anything. */
const { encodeHTML } = format;

export interface Bar {
  label: string;
  count: number;
  color?: string;
}

const accent = '#5376ea';
const rowHeight = 24;

/** CSS pixels that bars in rows need. */
export const rowsHeight = (count: number): number => Math.max(220, count * rowHeight + 16);

const axis = { axisTick: { show: false }, axisLine: { show: false } };

/** Bars in rows, the first on top: for names. */
export function rowBars(bars: readonly Bar[]): ChartOption {
  return {
    grid: { left: 8, right: 56, top: 4, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ label }) => label),
      axisLabel: { width: 140, overflow: 'truncate', interval: 0 },
      ...axis,
    },
    series: [
      {
        type: 'bar',
        cursor: 'pointer',
        barMaxWidth: 16,
        label: {
          show: true,
          position: 'right',
          fontSize: 11,
          formatter: ({ value }: { value?: unknown }) => Number(value).toLocaleString(),
        },
        data: bars.map(({ count, color = accent }) => ({
          value: count,
          itemStyle: { color, borderRadius: [0, 3, 3, 0] },
        })),
      },
    ],
  };
}

/** Bars side by side: for numbers. */
export function columnBars(bars: readonly Bar[]): ChartOption {
  return {
    grid: { left: 8, right: 8, top: 16, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: {
      type: 'category',
      data: bars.map(({ label }) => label),
      axisLabel: { hideOverlap: true, fontSize: 11 },
      ...axis,
    },
    yAxis: { type: 'value', splitLine: { lineStyle: { opacity: 0.3 } } },
    series: [
      {
        type: 'bar',
        cursor: 'pointer',
        barCategoryGap: '12%',
        itemStyle: { color: accent, borderRadius: [3, 3, 0, 0] },
        data: bars.map(({ count }) => count),
      },
    ],
  };
}

const shades = (counts: readonly number[]) => ({
  min: 0,
  max: Math.max(1, ...counts),
  show: false,
  inRange: { color: ['rgba(83, 118, 234, 0.05)', 'rgba(83, 118, 234, 1)'] },
});

/** Where objects lie, over a picture of any size. @param cells row by row, `side × side` */
export function centresHeatMap(cells: readonly number[], side: number): ChartOption {
  const places = Array.from({ length: side }, (_, index) => index);
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4 },
    tooltip: {
      formatter: (item: unknown) => (item as { value: number[] }).value[2].toLocaleString(),
    },
    xAxis: { type: 'category', data: places, show: false },
    yAxis: { type: 'category', data: places, show: false, inverse: true },
    visualMap: shades(cells),
    series: [
      {
        type: 'heatmap',
        cursor: 'pointer',
        data: cells.map((count, index) => [index % side, Math.floor(index / side), count]),
        itemStyle: { borderRadius: 2 },
      },
    ],
  };
}

/**
 * How many images two categories share.
 *
 * @param cells `[column, row, count]`, places in `names`; drawn below the diagonal whichever way round they come
 * @param ink of numbers on light shades
 */
export function pairsHeatMap(
  names: readonly string[],
  cells: readonly (readonly [a: number, b: number, count: number])[],
  ink: string,
): ChartOption {
  const most = Math.max(...cells.map(([, , count]) => count));
  return {
    grid: { left: 8, right: 12, top: 8, bottom: 8, containLabel: true },
    tooltip: {
      formatter: (item: unknown) => {
        const [column, row, count] = (item as { value: [number, number, number] }).value;
        const both = `${encodeHTML(names[column])} + ${encodeHTML(names[row + 1])}`;
        return `${both}: ${count.toLocaleString()}`;
      },
    },
    // Below the diagonal the first has no row and the last no column.
    xAxis: {
      type: 'category',
      data: names.slice(0, -1),
      axisLabel: {
        rotate: names.length <= 5 ? 0 : 60,
        width: 80,
        overflow: 'truncate',
        interval: 0,
        fontSize: 11,
      },
      ...axis,
    },
    yAxis: {
      type: 'category',
      data: names.slice(1),
      inverse: true,
      axisLabel: { width: 100, overflow: 'truncate', interval: 0, fontSize: 11 },
      ...axis,
    },
    visualMap: shades(cells.map(([, , count]) => count)),
    series: [
      {
        type: 'heatmap',
        cursor: 'pointer',
        data: cells.map(([a, b, count]) => ({
          value: [Math.min(a, b), Math.max(a, b) - 1, count],
          label: { color: count > 0.7 * most ? '#fff' : ink },
        })),
        label: {
          show: names.length <= 10,
          fontSize: 11,
          formatter: ({ value }: { value?: unknown }) => (value as number[])[2].toLocaleString(),
        },
        itemStyle: { borderRadius: 2 },
      },
    ],
  };
}
