// What matches a query, as a grid: look, choose, act, open. The same for images and for objects.

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { SavedLine } from '../rounds/SavedLine.tsx';
import {
  embeddingsQuery,
  nextToLabelQuery,
  objectEmbeddingsQuery,
  type SortOrder,
  type View,
} from '../server/queries.ts';
import { ActingLine } from './acting/ActingLine.tsx';
import { CategoryPicker } from './acting/CategoryPicker.tsx';
import { allSent } from './acting/edit-queue.ts';
import { focusedObjectOf } from './acting/focused-object.ts';
import { useGridClock } from './acting/grid-work.ts';
import { HeldUp } from './acting/HeldUp.tsx';
import { RecategorizeDialog } from './acting/RecategorizeDialog.tsx';
import { useActing } from './acting/use-acting.ts';
import { BulkBar } from './bulk/BulkBar.tsx';
import { Lightbox } from './detail/Lightbox.tsx';
import { EmptyView } from './EmptyView.tsx';
import { recallPlace, rememberPlace } from './grid/place-memory.ts';
import { TileGrid } from './grid/TileGrid.tsx';
import { imageTiles, objectTiles, type TileKind } from './grid/tile-kind.ts';
import { useTileList } from './grid/use-tile-list.ts';
import type { GridHandle } from './grid/VirtualGrid.tsx';
import { useOverlayStyle } from './overlay/use-overlay-style.ts';
import { queryErrorOf } from './query-error.ts';
import { SimilarLine } from './SimilarLine.tsx';
import { type GridSearch, isOfEmbeddings, isWrongOrder, withoutDefaults } from './search.ts';
import { useLikenessActions } from './use-likeness-actions.ts';
import { useOpenAnnotator } from './use-open-annotator.ts';
import { ViewFrame } from './ViewFrame.tsx';

export const ImagesTab = () => <ViewTab kind={imageTiles} />;
export const ObjectsTab = () => <ViewTab kind={objectTiles} />;

function ViewTab<Item>({ kind }: { kind: TileKind<Item> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const datasetId = Number(useParams({ from: '/datasets/$datasetId' }).datasetId);
  const { q = '', sort: asked = 'name', image } = useSearch({ strict: false }) as GridSearch;
  const isOfImages = kind.of === 'images' && isWrongOrder(asked);
  const sort = isOfImages || kind.orders.includes(asked) ? asked : kind.orders[0];
  const { data: ofImages } = useQuery(embeddingsQuery(datasetId));
  const { data: ofObjects } = useQuery(objectEmbeddingsQuery(datasetId));
  const embeddings = kind.of === 'images' ? ofImages : ofObjects;
  const { data: toLabel } = useQuery(nextToLabelQuery(datasetId));
  // Some mean nothing before a model has compared what is shown, or chosen some; one that stands in the address is kept.
  const hasMeaning = (order: SortOrder) =>
    (embeddings != null || !isOfEmbeddings(order)) &&
    (order !== 'next' || (toLabel?.size ?? 0) > 0);
  const orders = kind.orders.filter((order) => hasMeaning(order) || order === sort);
  const navigate = useNavigate();
  const go = useCallback(
    (change: (search: GridSearch) => GridSearch, replace = false) =>
      navigate({ to: '.', search: (old) => change(old as GridSearch), replace }),
    [navigate],
  );
  const view = useMemo<View>(() => ({ q, sort }), [q, sort]);
  const style = useOverlayStyle(datasetId);
  const grid = useRef<GridHandle>(null);
  const list = useTileList(kind, datasetId, view, grid);
  const { windows, count, selection, choose, bulk } = list;
  const { itemsBetween } = windows;
  const [shownPosition, setShownPosition] = useState(() => recallPlace(datasetId, kind.of, view));
  const annotate = useOpenAnnotator(datasetId, view, kind.of === 'objects' ? 'objects' : undefined);

  const change = useCallback(
    (changed: Partial<View>) =>
      go((old) => ({ ...old, ...withoutDefaults({ ...view, ...changed }) })),
    [go, view],
  );
  const open = async (position: number) => {
    const [item] = await itemsBetween(position, position);
    if (item === undefined) return;
    setShownPosition(position);
    await go((old) => ({ ...old, image: String(kind.imageIdOf(item)) }));
  };
  const edit = async (position: number) => {
    const [item] = await itemsBetween(position, position);
    if (item === undefined) return;
    rememberPlace(datasetId, kind.of, view, windows.listPositionOf(position));
    // What was done here must be there before the annotator asks for it.
    await allSent(datasetId);
    const imageId = kind.imageIdOf(item);
    const annotationId = kind.of === 'objects' ? kind.idOf(item) : focusedObjectOf(imageId);
    await annotate({ imageId, annotationId: annotationId ?? undefined });
  };
  useGridClock();
  const acting = useActing({ list, grid });
  useLikenessActions({
    datasetId,
    of: kind.of,
    query: q,
    focusedId: () => {
      const item = windows.itemAt(grid.current?.focused() ?? 0);
      return item === undefined ? null : kind.idOf(item);
    },
    onChange: change,
  });
  const noun = kind.of === 'images' ? 'pictures' : 'objects';
  return (
    <ViewFrame
      datasetId={datasetId}
      view={view}
      style={style}
      summary={
        windows.matchCount === undefined
          ? null
          : t(`counts.${noun}`, {
              count: windows.matchCount,
              shown: format.count(windows.matchCount),
            })
      }
      queryError={queryErrorOf(windows.error)}
      of={kind.of}
      orders={orders}
      areCountsDue={!windows.isFirstLoading}
      onChange={change}
    >
      <HeldUp datasetId={datasetId} />
      {kind.of === 'images' ? <SavedLine datasetId={datasetId} /> : <SimilarLine query={q} />}
      <ActingLine
        datasetId={datasetId}
        query={q}
        categories={acting.categories}
        heldCount={windows.heldCount}
        onRelease={windows.release}
      />
      <TileGrid
        handle={grid}
        onFocus={acting.onFocus}
        onButton={(position, button) => acting.actOnTile(position, { do: button })}
        label={t(`dataset.tabs.${kind.of}`)}
        list={list}
        style={style}
        empty={
          <EmptyView
            datasetId={datasetId}
            of={kind.of}
            query={q}
            onClear={() => change({ q: '' })}
          />
        }
        onOpen={open}
        onEdit={edit}
        shownPosition={image === undefined ? shownPosition : null}
      />
      {count > 0 && (
        <BulkBar
          datasetId={datasetId}
          of={kind.of}
          count={count}
          total={windows.matchCount ?? 0}
          isAll={selection.mode === 'all'}
          onSelectAll={choose.selectAll}
          onClear={choose.clear}
          onAction={(action) => bulk.mutate({ action })}
          onVerb={acting.act}
          onPickCategory={() => acting.setPicking(true)}
          transfer={{ getSelection: list.getSelection, onMoved: choose.clear }}
        />
      )}
      <CategoryPicker
        categories={acting.categories}
        colorOf={style.colorOf}
        isOpen={acting.isPicking}
        onClose={() => acting.setPicking(false)}
        onPick={(categoryId) => acting.act({ do: 'categorize', categoryId })}
      />
      <RecategorizeDialog
        list={list}
        asked={acting.recategorizing}
        categories={acting.categories}
        colorOf={style.colorOf}
        onClose={acting.endRecategorizing}
      />
      {image !== undefined && (
        <Lightbox
          datasetId={datasetId}
          imageId={Number(image)}
          view={view}
          style={style}
          onShow={(id, position) => {
            // Objects have other positions than the images that they are on.
            if (kind.of === 'images') setShownPosition(windows.gridPositionOf(position));
            go((old) => ({ ...old, image: String(id) }), true);
          }}
          onClose={() => go(({ image: _, ...old }) => old)}
          onEdit={async (imageId, annotationId) => {
            await allSent(datasetId);
            await annotate({ imageId, annotationId });
          }}
        />
      )}
    </ViewFrame>
  );
}
