// What each chart shows, as ECharts takes it. Pure.

import type { ChartOption } from './Chart.tsx';

export interface Bar {
  label: string;
  count: number;
  color?: string;
}

const accent = '#5376ea';
const rowHeight = 24;

/** CSS pixels that bars in rows need. */
export const rowsHeight = (count: number): number => Math.max(160, count * rowHeight + 40);

const axis = { axisTick: { show: false }, axisLine: { show: false } };

/** Bars in rows, the first on top: for names. */
export function rowBars(bars: readonly Bar[]): ChartOption {
  return {
    grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
    tooltip: { trigger: 'item' },
    xAxis: {
      type: 'value',
      splitLine: { lineStyle: { opacity: 0.3 } },
      axisLabel: { hideOverlap: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ label }) => label),
      axisLabel: { width: 140, overflow: 'truncate' },
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
export function columnBars(bars: readonly Bar[], { isPickable = false } = {}): ChartOption {
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
        cursor: isPickable ? 'pointer' : 'default',
        barCategoryGap: '12%',
        itemStyle: { color: accent, borderRadius: [3, 3, 0, 0] },
        data: bars.map(({ count }) => count),
      },
    ],
  };
}

/** Where objects lie, over a picture of any size. @param cells row by row, `side × side` */
export function centresHeatMap(cells: readonly number[], side: number): ChartOption {
  const places = Array.from({ length: side }, (_, index) => index);
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4 },
    tooltip: {
      formatter: (item: unknown) => String((item as { value: number[] }).value[2]),
    },
    xAxis: { type: 'category', data: places, show: false },
    yAxis: { type: 'category', data: places, show: false, inverse: true },
    visualMap: {
      min: 0,
      max: Math.max(1, ...cells),
      show: false,
      inRange: { color: ['rgba(83, 118, 234, 0.05)', 'rgba(83, 118, 234, 1)'] },
    },
    series: [
      {
        type: 'heatmap',
        cursor: 'default',
        data: cells.map((count, index) => [index % side, Math.floor(index / side), count]),
        itemStyle: { borderRadius: 2 },
      },
    ],
  };
}
