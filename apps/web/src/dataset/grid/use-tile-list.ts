// The items of a grid and what is chosen of them: what every grid of a dataset needs, whatever it shows.

import type { BulkAction } from '@migaki/api';
import { type RefObject, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../server/client.ts';
import type { View } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { changesOf, noteChange } from '../acting/changes-store.ts';
import { type BulkRequest, useBulk } from '../bulk/use-bulk.ts';
import { selectedCount } from '../selection/selection.ts';
import { useGridSelection } from '../selection/use-grid-selection.ts';
import type { GridFocus } from './list-source.ts';
import type { TileKind } from './tile-kind.ts';
import { useWindows } from './use-windows.ts';

/** What is decided on in the grid, and may be looked at once more. */
const staysInView: ReadonlySet<BulkAction['type']> = new Set([
  'acceptObjects',
  'rejectObjects',
  'setCategory',
  'deleteObjects',
  'reviewObjects',
  'reviewImages',
]);

/** @param grid where the list is shown, if somebody acts on it by keys */
export function useTileList<Item>(
  kind: TileKind<Item>,
  datasetId: number,
  view: View,
  grid?: RefObject<GridFocus | null>,
) {
  const { t } = useTranslation();
  const source = useMemo(
    () => ({
      datasetId,
      windowQuery: kind.windowQuery(datasetId, view),
      idOf: kind.idOf,
      grid,
      findMatching: async (ids: number[]) => {
        const query = { q: view.q, of: kind.of, ids: ids.join(',') };
        return (await client.getMatching({ params: { datasetId }, query })).ids;
      },
    }),
    [kind, datasetId, view, grid],
  );
  const windows = useWindows(source);
  const { total = 0, itemAt, itemsBetween } = windows;
  const listKey = `${datasetId} ${view.q} ${view.sort}`;
  const idsBetween = async (from: number, to: number) =>
    (await itemsBetween(from, to)).map(kind.idOf);
  const idAt = (position: number) => {
    const item = itemAt(position);
    return item === undefined ? undefined : kind.idOf(item);
  };
  const { selection, ...chosen } = useGridSelection({ idAt, idsBetween }, listKey);
  const choose = {
    ...chosen,
    /** Those that match now: what was decided on and matches no longer goes out of view. */
    selectAll: () => {
      windows.release();
      chosen.selectAll();
    },
  };
  const count = selectedCount(selection, total);
  /** Chosen tiles stay where they are, with what became of them, as those do on which one acts singly. */
  const holdChosen = ({ action, selection: named }: BulkRequest) => {
    if (named !== undefined || selection.mode === 'all' || !staysInView.has(action.type)) return;
    for (let position = 0, left = count; position < total && left > 0; position++) {
      const item = itemAt(position);
      if (item === undefined || !selection.ids.has(kind.idOf(item))) continue;
      left--;
      const imageId = kind.imageIdOf(item);
      noteChange(datasetId, imageId, (before) => kind.withBulkAction(before, item, action));
      const changed = kind.withChange(item, changesOf(datasetId).get(imageId));
      windows.hold(kind.idOf(item), changed, position);
    }
  };
  const getSelection = async () => {
    const ids = [...selection.ids];
    if (selection.mode === 'some') return kind.selectionOf(ids);
    if (kind.allBut !== undefined) return kind.allBut(view, ids);
    const all = await idsBetween(0, total - 1);
    return kind.selectionOf(all.filter((id) => !selection.ids.has(id)));
  };
  const bulk = useBulk(datasetId, {
    onStart: holdChosen,
    onEnd: choose.clear,
    getSelection,
  });
  useActions([
    {
      id: 'select-all',
      label: t('grid.selectAll'),
      group: t('bulk.group'),
      keys: ['mod+a'],
      run: choose.selectAll,
    },
  ]);
  return { kind, datasetId, windows, listKey, selection, getSelection, count, choose, bulk };
}

export type TileList<Item> = ReturnType<typeof useTileList<Item>>;
