// How long people worked on what the query finds: each bar leads to the pictures or objects that it is of.

import { Button, Group, Text, Title } from '@mantine/core';
import { fillPath, routes, searchText, type WorkTime } from '@migaki/api';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { workTimeQuery } from '../../server/queries.ts';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { ChartCard } from './ChartCard.tsx';
import type { Pick } from './Charts.tsx';
import { columnBars, rowBars, rowsHeight } from './chart-options.ts';
import { withObjectTime, withValue, withWorkTime } from './picks.ts';

interface WorkChartsProps {
  datasetId: number;
  query: string;
  style: OverlayStyle;
  onPick: (pick: Pick) => void;
}

const columnHeight = 220;

/** Bars are in minutes, to a tenth. */
const minutesOf = (millis: number): number => Math.round(millis / 6_000) / 10;

export function WorkCharts({ datasetId, query, style, onPick }: WorkChartsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(workTimeQuery(datasetId, query));
  const charts = useMemo(() => (data === undefined ? null : chartsOf(data, style)), [data, style]);
  // Where nobody has worked yet there is nothing to say.
  if (data === undefined || charts === null || data.millis === 0) return null;
  const images = (text: string) => onPick({ of: 'images', query: text });
  const objects = (text: string) => onPick({ of: 'objects', query: text });
  const file = (by: string, type: string) =>
    fillPath(routes.downloadWorkTime.path, { datasetId }) +
    searchText({ q: query, by, format: type });
  return (
    <section className="work-charts">
      <Group justify="space-between" align="flex-end" mb="xs">
        <div>
          <Title order={2} size="h5">
            {t('work.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('work.summary', {
              total: format.duration(data.millis / 1000),
              picture: format.duration(data.millis / 1000 / Math.max(1, data.imageCount)),
              object: format.duration(data.objectMillis / 1000 / Math.max(1, data.objectCount)),
            })}
          </Text>
        </div>
        <Group gap="xs">
          {(['image', 'object', 'day'] as const).map((by) => (
            <Button
              key={by}
              component="a"
              href={file(by, 'csv')}
              download
              size="compact-xs"
              variant="default"
              leftSection={<IconDownload size={13} />}
            >
              {t(`work.by.${by}`)}
            </Button>
          ))}
        </Group>
      </Group>
      <div className="charts">
        <ChartCard
          title={t('work.categories')}
          help={t('work.minutes')}
          {...charts.categories}
          onPick={(index) =>
            objects(withValue(query, 'category', charts.categories.bars[index].label))
          }
        />
        <ChartCard
          title={t('work.users')}
          help={t('work.minutes')}
          {...charts.users}
          onPick={(index) => images(withValue(query, 'worker', data.users[index].user))}
        />
        <ChartCard
          title={t('work.days')}
          help={t('work.minutesUtc')}
          {...charts.days}
          onPick={(index) => images(withValue(query, 'worked', data.days[index].day))}
        />
        <ChartCard
          title={t('work.perImage')}
          help={t('work.perImageHelp')}
          {...charts.perImage}
          onPick={(index) => images(withWorkTime(query, data.perImage[index]))}
        />
        <ChartCard
          title={t('work.perObject')}
          help={t('work.perObjectHelp')}
          {...charts.perObject}
          onPick={(index) => objects(withObjectTime(query, data.perObject[index]))}
        />
      </div>
    </section>
  );
}

function chartsOf(data: WorkTime, style: OverlayStyle) {
  const rows = (bars: { label: string; count: number; color?: string }[]) => ({
    bars,
    option: rowBars(bars),
    height: rowsHeight(bars.length),
    maxHeight: rowsHeight(14),
  });
  const columns = (bars: { label: string; count: number }[]) => ({
    bars,
    option: columnBars(bars),
    height: columnHeight,
  });
  const seconds = (bins: WorkTime['perImage']) =>
    columns(bins.map(({ from, to, count }) => ({ label: `${from}–${to} s`, count })));
  return {
    categories: rows(
      data.categories.flatMap(({ categoryId, millis }) => {
        const category = categoryId === null ? undefined : style.categories.get(categoryId);
        if (category === undefined) return [];
        const color = style.colorOf({ categoryId, origin: 'import' });
        return { label: category.name, count: minutesOf(millis), color };
      }),
    ),
    users: rows(data.users.map(({ user, millis }) => ({ label: user, count: minutesOf(millis) }))),
    days: columns(data.days.map(({ day, millis }) => ({ label: day, count: minutesOf(millis) }))),
    perImage: seconds(data.perImage),
    perObject: seconds(data.perObject),
  };
}
