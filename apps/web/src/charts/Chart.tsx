// An ECharts canvas in the colours of the page. Only the parts that the charts need are bundled: each page of charts names
// the kinds that it draws by `use`.

import { useComputedColorScheme } from '@mantine/core';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import './charts.css';

use([AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export type ChartOption = Parameters<ECharts['setOption']>[0];

interface ChartProps {
  label: string;
  /** Must keep its identity while nothing changes. */
  option: ChartOption;
  height: number;
  onClick?: (dataIndex: number, seriesIndex: number) => void;
  /** It grows while people look at it: what they hover and zoomed into stays. */
  isLive?: boolean;
}

export function Chart({ label, option, height, onClick, isLive = false }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const scheme = useComputedColorScheme();
  const click = useRef(onClick);
  useEffect(() => {
    click.current = onClick;
  });
  useEffect(() => {
    const created = init(element.current, scheme === 'dark' ? 'dark' : undefined);
    created.on('click', ({ dataIndex, seriesIndex = 0 }) =>
      click.current?.(dataIndex, seriesIndex),
    );
    const observer = new ResizeObserver(() => created.resize());
    observer.observe(element.current!);
    chart.current = created;
    return () => {
      observer.disconnect();
      created.dispose();
    };
  }, [scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new scheme makes a new chart, which needs the option too
  useEffect(() => {
    chart.current?.setOption(
      {
        backgroundColor: 'transparent',
        animation: !isLive,
        animationDuration: 250,
        aria: { enabled: true },
        ...option,
      },
      isLive ? { replaceMerge: ['series'] } : { notMerge: true },
    );
  }, [option, scheme, isLive]);
  return <div ref={element} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
