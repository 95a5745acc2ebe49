// Curves as ECharts takes them. Pure. What is smoothed has its real values behind it, faint.

import { format as echartsFormat } from 'echarts/core';
import type { ChartOption } from '../../charts/Chart.tsx';
import { type Curve, type CurveAxis, pairsOf } from './curve.ts';

/** A tooltip is HTML, and names may hold anything. */
const { encodeHTML } = echartsFormat;

export interface CurveLook {
  axis: CurveAxis;
  isLog: boolean;
  /** From 0 to below 1. */
  smoothing: number;
}

export interface CurveWords {
  number: (value: number) => string;
  /** A place on the axis. */
  at: (value: number) => string;
}

/** More than can be told apart in a tooltip. */
const mostHovered = 12;
/** Points beyond which the chart draws fewer, by the triangles that they span with their neighbours. */
const sampling = 'lttb' as const;

export function curveOption(
  curves: readonly Curve[],
  { axis, isLog, smoothing }: CurveLook,
  words: CurveWords,
): ChartOption {
  const lines = curves.flatMap((curve) => {
    const isSmoothed = smoothing > 0 && !curve.hasMarks;
    const line = (strength: number, opacity: number, isGhost: boolean) => ({
      type: 'line' as const,
      id: `${curve.name}${isGhost ? ' as it is' : ''}`,
      name: curve.name,
      data: pairsOf(curve.points, axis, { strength, isLog }),
      sampling,
      showSymbol: curve.hasMarks ?? false,
      symbol: 'circle',
      symbolSize: 5,
      itemStyle: { color: curve.color },
      lineStyle: {
        color: curve.color,
        width: isGhost ? 1 : 1.75,
        opacity,
        type: curve.isDashed ? ('dashed' as const) : ('solid' as const),
      },
      silent: isGhost,
      tooltip: { show: !isGhost },
      emphasis: { disabled: true },
      z: isGhost ? 1 : 2,
    });
    return isSmoothed ? [line(0, 0.22, true), line(smoothing, 1, false)] : [line(0, 1, false)];
  });
  return {
    grid: { left: 8, right: 16, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      order: 'valueDesc',
      formatter: (items: unknown) => tooltip(items as Hovered[], words),
    },
    xAxis: {
      type: 'value',
      min: 'dataMin',
      max: 'dataMax',
      axisLabel: { fontSize: 11, hideOverlap: true, formatter: words.at },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: isLog ? 'log' : 'value',
      scale: true,
      axisLabel: { fontSize: 11, formatter: words.number },
      splitLine: { lineStyle: { opacity: 0.3 } },
    },
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', filterMode: 'none' }],
    series: lines,
  };
}

interface Hovered {
  seriesId?: string;
  seriesName: string;
  color: string;
  value: [at: number, value: number];
}

function tooltip(items: readonly Hovered[], words: CurveWords): string {
  // The line as it is has the name of the smoothed one, which comes after it.
  const byName = new Map(items.map((item) => [item.seriesName, item]));
  const shown = [...byName.values()];
  if (shown.length === 0) return '';
  const rows = shown
    .slice(0, mostHovered)
    .map(
      ({ seriesName, color, value }) =>
        `<div style="display:flex;gap:8px;align-items:center"><span style="width:9px;height:9px;border-radius:3px;background:${encodeHTML(color)}"></span><span style="flex:1">${encodeHTML(seriesName)}</span><b style="font-variant-numeric:tabular-nums">${encodeHTML(words.number(value[1]))}</b></div>`,
    );
  const more = shown.length > mostHovered ? `<div>+ ${shown.length - mostHovered}</div>` : '';
  return `<div style="font-size:12px;min-width:130px"><div style="opacity:.7">${encodeHTML(words.at(shown[0].value[0]))}</div>${rows.join('')}${more}</div>`;
}
