// The dataset as a map: what a model takes for alike lies together. A lasso is a filter, here and in the grid.

import { Button, Group, Loader, Text } from '@mantine/core';
import { IconLayoutGrid, IconMap2, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { datasetQuery, embeddingMapQuery, embeddingsQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { EmptyState } from '../../shell/EmptyState.tsx';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { useOverlayStyle } from '../overlay/use-overlay-style.ts';
import { addPart, termsOf, withoutField } from '../query/query-text.ts';
import { queryErrorOf } from '../query-error.ts';
import { ViewFrame } from '../ViewFrame.tsx';
import { EmbedDialog } from './EmbedDialog.tsx';
import { MapBar } from './MapBar.tsx';
import { type Hovered, MapCanvas, type MapHandle, type MapTool } from './MapCanvas.tsx';
import { MapLegend } from './MapLegend.tsx';
import { type Coloring, colorings, mapColors } from './map-colors.ts';
import { PointCard } from './PointCard.tsx';
import './map.css';

const route = getRouteApi('/datasets/$datasetId/map');
const step = 80;

export function MapTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const params = route.useParams();
  const datasetId = Number(params.datasetId);
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const style = useOverlayStyle(datasetId);
  const handle = useRef<MapHandle>(null);
  const [tool, setTool] = useState<MapTool>('lasso');
  const [coloring, setColoring] = useState<Coloring>('category');
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const { data: embeddings } = useQuery(embeddingsQuery(datasetId));
  const { data: map, error, refetch } = useQuery(embeddingMapQuery(datasetId, q));
  const categories = dataset?.categories;
  const colors = useMemo(
    () => map && mapColors(map, coloring, categories ?? []),
    [map, coloring, categories],
  );
  const points = useMemo(
    () =>
      map &&
      colors && {
        ...map,
        entries: colors.entries,
        colors: colors.legend.map(({ color }) => color),
      },
    [map, colors],
  );
  const matchCount = useMemo(() => map?.isMatching.filter(Boolean).length ?? 0, [map]);
  const hasLasso = termsOf(q).some(({ field }) => field === 'within');
  const change = (query: string) => void navigate({ search: { q: query || undefined } });
  const showInGrid = (image?: number) =>
    void navigate({
      to: '/datasets/$datasetId/images',
      params,
      search: { ...(q !== '' && { q }), ...(image !== undefined && { image: String(image) }) },
    });
  const clear = () => change(withoutField(q, 'within'));

  const group = t('map.group');
  const move = (name: string, dx: number, dy: number) => ({
    id: `map-${name}`,
    label: t('map.pan'),
    group,
    keys: [name],
    isKeyOnly: true,
    run: () => handle.current?.move(dx * step, dy * step),
  });
  useActions([
    { id: 'map-lasso', label: t('map.lasso'), group, keys: ['l'], run: () => setTool('lasso') },
    { id: 'map-pan', label: t('map.pan'), group, keys: ['h'], run: () => setTool('pan') },
    { id: 'map-fit', label: t('map.fit'), group, keys: ['0'], run: () => handle.current?.fit() },
    {
      id: 'map-larger',
      label: t('toolbar.larger'),
      group,
      keys: ['+', '='],
      run: () => handle.current?.zoom(1.4),
    },
    {
      id: 'map-smaller',
      label: t('toolbar.smaller'),
      group,
      keys: ['-'],
      run: () => handle.current?.zoom(1 / 1.4),
    },
    move('ArrowLeft', 1, 0),
    move('ArrowRight', -1, 0),
    move('ArrowUp', 0, 1),
    move('ArrowDown', 0, -1),
    {
      id: 'map-color',
      label: t('map.colorBy'),
      group,
      keys: ['c'],
      run: () => setColoring(colorings[(colorings.indexOf(coloring) + 1) % colorings.length]),
    },
    { id: 'map-grid', label: t('map.showInGrid'), group, keys: ['g'], run: () => showInGrid() },
    ...(hasLasso
      ? [{ id: 'map-clear', label: t('map.clear'), group, keys: ['Escape'], run: clear }]
      : []),
    { id: 'map-compare', label: t('map.title'), group, keys: ['n'], run: () => setAsking(true) },
  ]);

  const model = embeddings ? `${embeddings.model.name}@${embeddings.model.version}` : null;
  const shown = { count: matchCount, shown: format.count(matchCount) };
  return (
    <ViewFrame
      datasetId={datasetId}
      view={{ q, sort: 'name' }}
      style={style}
      queryError={queryErrorOf(error)}
      summary={embeddings === null ? '' : map === undefined ? null : t('counts.pictures', shown)}
      onChange={({ q: query }) => change(query ?? '')}
    >
      <div className="map-page">
        {error !== null && map === undefined && <ErrorView error={error} onRetry={refetch} />}
        {embeddings === undefined && error === null && <Loader m="auto" />}
        {embeddings === null && (
          <EmptyState
            icon={<IconMap2 size={48} stroke={1.2} />}
            title={t('map.empty')}
            advice={t('map.emptyAdvice')}
          >
            <Button leftSection={<IconMap2 size={14} />} onClick={() => setAsking(true)}>
              {t('map.title')}
            </Button>
          </EmptyState>
        )}
        {embeddings && (
          <>
            <MapBar
              embeddings={embeddings}
              tool={tool}
              coloring={coloring}
              onTool={setTool}
              onColoring={setColoring}
              onFit={() => handle.current?.fit()}
              onRenew={() => setAsking(true)}
            />
            <div className="map-body">
              {points === undefined ? (
                <Loader m="auto" />
              ) : (
                <MapCanvas
                  ref={handle}
                  label={t('map.label', {
                    count: points.x.length,
                    shown: format.count(points.x.length),
                  })}
                  points={points}
                  tool={tool}
                  onHover={setHovered}
                  onOpen={(index) => showInGrid(map!.imageIds[index])}
                  onLasso={(part) => change(addPart(withoutField(q, 'within'), part))}
                />
              )}
              {hovered !== null && map !== undefined && hovered.index < map.imageIds.length && (
                <PointCard
                  datasetId={datasetId}
                  imageId={map.imageIds[hovered.index]}
                  at={hovered}
                />
              )}
              {colors && <MapLegend legend={colors.legend} />}
              {hasLasso && (
                <Group className="map-chosen" gap="xs">
                  <Text size="sm" fw={600} role="status">
                    {t('map.inLasso', shown)}
                  </Text>
                  <Button
                    leftSection={<IconLayoutGrid size={14} />}
                    rightSection={<kbd className="hint">G</kbd>}
                    onClick={() => showInGrid()}
                  >
                    {t('map.showInGrid')}
                  </Button>
                  <Button variant="default" leftSection={<IconX size={14} />} onClick={clear}>
                    {t('map.clear')}
                  </Button>
                </Group>
              )}
            </div>
          </>
        )}
      </div>
      <EmbedDialog
        datasetId={datasetId}
        of="images"
        model={model}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      />
    </ViewFrame>
  );
}
