// The images of a dataset that match the query, as a grid: look, choose, act, open.

import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { imageWindowQuery, type View } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { useDisplayPreferences } from '../shell/preferences.ts';
import { BulkBar } from './bulk/BulkBar.tsx';
import { useBulk } from './bulk/use-bulk.ts';
import { Lightbox } from './detail/Lightbox.tsx';
import { EmptyView } from './EmptyView.tsx';
import { footerHeight, ImageTile } from './grid/ImageTile.tsx';
import { useWindows } from './grid/use-windows.ts';
import { VirtualGrid } from './grid/VirtualGrid.tsx';
import { useOverlayStyle } from './overlay/use-overlay-style.ts';
import { addPart } from './query/query-text.ts';
import { queryErrorOf } from './query-error.ts';
import { withoutDefaults } from './search.ts';
import { isSelected, selectedCount } from './selection/selection.ts';
import { useGridSelection } from './selection/use-grid-selection.ts';
import { ViewFrame } from './ViewFrame.tsx';

const route = getRouteApi('/datasets/$datasetId/images');
const tileHeight = (width: number) => Math.round(width * 0.75) + footerHeight;

export function ImagesTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const datasetId = Number(route.useParams().datasetId);
  const { q = '', sort = 'name', image } = route.useSearch();
  const navigate = route.useNavigate();
  const view = useMemo<View>(() => ({ q, sort }), [q, sort]);
  const style = useOverlayStyle(datasetId);
  const [{ tileWidth, isOverlayShown }] = useDisplayPreferences();

  const windowQuery = useCallback(
    (window: number) => imageWindowQuery(datasetId, view, window),
    [datasetId, view],
  );
  const { total, isFirstLoading, error, refetch, itemAt, itemsBetween, see } =
    useWindows(windowQuery);
  const listKey = `${datasetId} ${q} ${sort}`;
  const { selection, click, toggle, extend, selectAll, clear } = useGridSelection(
    {
      idAt: (position) => itemAt(position)?.id,
      idsBetween: async (from, to) => (await itemsBetween(from, to)).map(({ id }) => id),
    },
    listKey,
  );
  const count = selectedCount(selection, total ?? 0);
  const bulk = useBulk(datasetId, {
    count,
    onEnd: clear,
    getSelection: async () => {
      const ids = [...selection.ids];
      if (selection.mode === 'some') return { imageIds: ids };
      return { q: ids.length === 0 ? q : addPart(q, `-id:${ids.join(',')}`) };
    },
  });

  const change = useCallback(
    (changed: Partial<View>) =>
      navigate({ search: (old) => ({ ...old, ...withoutDefaults({ ...view, ...changed }) }) }),
    [navigate, view],
  );
  const open = useCallback(
    async (position: number) => {
      const [item] = await itemsBetween(position, position);
      if (item !== undefined) {
        await navigate({ search: (old) => ({ ...old, image: String(item.id) }) });
      }
    },
    [itemsBetween, navigate],
  );
  useActions([
    {
      id: 'select-all',
      label: t('grid.selectAll'),
      group: t('bulk.group'),
      keys: ['mod+a'],
      run: selectAll,
    },
  ]);

  const queryError = queryErrorOf(error);
  return (
    <ViewFrame
      datasetId={datasetId}
      view={view}
      style={style}
      summary={
        total === undefined
          ? null
          : t('counts.pictures', { count: total, shown: format.count(total) })
      }
      queryError={queryError}
      onChange={change}
    >
      {error !== null && (queryError !== null || total === undefined) ? (
        <ErrorView error={error} onRetry={refetch} />
      ) : total === 0 && !isFirstLoading ? (
        <EmptyView datasetId={datasetId} hasQuery={q !== ''} onClear={() => change({ q: '' })} />
      ) : (
        <VirtualGrid
          label={t('dataset.tabs.images')}
          total={total ?? 0}
          wantedTileWidth={tileWidth}
          tileHeight={tileHeight}
          onSee={see}
          onOpen={open}
          onToggle={toggle}
          onExtend={extend}
          listKey={listKey}
          renderTile={({ position, width, height, isFocused }) => {
            const item = itemAt(position);
            return (
              <ImageTile
                key={position}
                image={item}
                position={position}
                total={total ?? 0}
                width={width}
                height={height}
                isSelected={item !== undefined && isSelected(selection, item.id)}
                isFocused={isFocused}
                style={isOverlayShown ? style : null}
                onClick={click}
                onCheck={toggle}
                onOpen={open}
              />
            );
          }}
        />
      )}
      {count > 0 && (
        <BulkBar
          datasetId={datasetId}
          of="images"
          count={count}
          total={total ?? 0}
          isAll={selection.mode === 'all'}
          isBusy={bulk.isPending}
          onSelectAll={selectAll}
          onClear={clear}
          onAction={bulk.mutate}
        />
      )}
      {image !== undefined && (
        <Lightbox
          datasetId={datasetId}
          imageId={Number(image)}
          view={view}
          style={style}
          onShow={(id) =>
            navigate({ search: (old) => ({ ...old, image: String(id) }), replace: true })
          }
          onClose={() => navigate({ search: ({ image: _, ...old }) => old })}
        />
      )}
    </ViewFrame>
  );
}
