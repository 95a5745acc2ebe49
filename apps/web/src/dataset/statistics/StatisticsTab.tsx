// What the matching part of a dataset is made of. A click on a bar or cell shows the pictures or objects that it counts.

import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { datasetQuery, statisticsQuery } from '../../server/queries.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { EmptyView } from '../EmptyView.tsx';
import { useOverlayStyle } from '../overlay/use-overlay-style.ts';
import { queryErrorOf } from '../query-error.ts';
import { ViewFrame } from '../ViewFrame.tsx';
import { Charts, type Pick } from './Charts.tsx';
import { WorkCharts } from './WorkCharts.tsx';
import './statistics.css';

const route = getRouteApi('/datasets/$datasetId/statistics');

export function StatisticsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const params = route.useParams();
  const datasetId = Number(params.datasetId);
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const style = useOverlayStyle(datasetId);
  // What the charts call things, and what a click on them finds, needs the names of the categories.
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const { data: counted, error, refetch } = useQuery(statisticsQuery(datasetId, q));
  const data = dataset === undefined ? undefined : counted;
  const show = ({ of, query }: Pick) =>
    navigate({ to: `/datasets/$datasetId/${of}`, params, search: { q: query } });
  return (
    <ViewFrame
      datasetId={datasetId}
      view={{ q, sort: 'name' }}
      style={style}
      queryError={queryErrorOf(error)}
      summary={
        data === undefined
          ? null
          : t('counts.pictures', { count: data.imageCount, shown: format.count(data.imageCount) })
      }
      onChange={({ q: query }) => navigate({ search: { q: query || undefined } })}
    >
      <div className="charts-scroller">
        {error !== null && data === undefined && <ErrorView error={error} onRetry={refetch} />}
        {data === undefined && error === null && <Loader m="auto" mt={80} />}
        {data?.imageCount === 0 && (
          <EmptyView datasetId={datasetId} query={q} onClear={() => navigate({ search: {} })} />
        )}
        {data !== undefined && data.imageCount > 0 && (
          <>
            <Charts data={data} query={q} style={style} onPick={show} />
            <WorkCharts datasetId={datasetId} query={q} style={style} onPick={show} />
          </>
        )}
      </div>
    </ViewFrame>
  );
}
