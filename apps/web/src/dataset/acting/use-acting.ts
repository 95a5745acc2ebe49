// The keys that look over a grid: what they act on, and where they lead next.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tileQuery } from '../../server/grid-tiles.ts';
import { datasetQuery, type ObjectItem } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import type { BulkRequest } from '../bulk/use-bulk.ts';
import { useConfirmedBulk } from '../bulk/use-confirmed-bulk.tsx';
import type { TileList } from '../grid/use-tile-list.ts';
import type { GridHandle } from '../grid/VirtualGrid.tsx';
import { changedTile, type KnownObject } from './changes.ts';
import { changesOf } from './changes-store.ts';
import { focusedObjectOf, focusObject, useHasFocusedObject } from './focused-object.ts';
import { performOnImage, performOnObject } from './perform.ts';
import { inReadingOrder, nextAfter, nextDoubtful, type StepOrder, stepFrom } from './step.ts';
import { useVerbActions } from './use-verb-actions.ts';
import { type ActedImage, bulkActionOf, type Verb } from './verbs.ts';

interface ActingOptions<Item> {
  list: TileList<Item>;
  grid: RefObject<GridHandle | null>;
}

/** `selection` is absent where it is for what is chosen. */
export type Recategorizing = Pick<BulkRequest, 'selection'> & { to: number };

export function useActing<Item>({ list, grid }: ActingOptions<Item>) {
  const { kind, datasetId, windows, selection, count, choose, bulk } = list;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isPicking, setPicking] = useState(false);
  /** A change of the category of whole pictures: these hold more than one sees, so that it is looked at first. */
  const [recategorizing, setRecategorizing] = useState<Recategorizing | null>(null);
  const runBulk = useConfirmedBulk(kind.of, count, bulk.mutate);
  const group = t('acting.group');
  /** As the person stepped last. */
  const order = useRef<StepOrder>('reading');
  /** A step that waits for the objects of a picture. Until then a key would act on the whole of it. */
  const stepping = useRef<Promise<void> | null>(null);
  const afterSteps = (step: () => Promise<void>) => {
    const done = (stepping.current ?? Promise.resolve())
      .then(step)
      .catch(notifyError)
      .finally(() => {
        if (stepping.current === done) stepping.current = null;
      });
    stepping.current = done;
  };

  const focus = (position: number) => grid.current?.focus(position);
  /** The tile of the keys, as it is now. */
  const tileAt = (position: number) => {
    const item = windows.itemAt(position);
    if (item === undefined) return undefined;
    const imageId = kind.imageIdOf(item);
    return { item: kind.withChange(item, changesOf(datasetId).get(imageId)), imageId };
  };
  /** What lies on a picture, as one reads it; null while it is on its way. */
  const objectsOf = (imageId: number) => {
    const tile = queries.getQueryData(tileQuery(datasetId, imageId).queryKey);
    if (!tile) return null;
    const { overlays, height } = changedTile(tile, changesOf(datasetId).get(imageId));
    return inReadingOrder(overlays, height ?? 1);
  };
  const hold = (position: number, item: Item) => {
    const imageId = kind.imageIdOf(item);
    const changed = kind.withChange(item, changesOf(datasetId).get(imageId));
    windows.hold(kind.idOf(item), changed, position);
  };

  /** To the next tile; where its objects are stepped through, to the first of its proposals. */
  const goOn = async (position: number, isStepping: boolean) => {
    const next = position + 1;
    focusObject(null);
    if (next >= (windows.total ?? 0)) return;
    focus(next);
    if (!isStepping) return;
    const [item] = await windows.itemsBetween(next, next);
    if (item === undefined || grid.current?.focused() !== next) return;
    const imageId = kind.imageIdOf(item);
    await queries.ensureQueryData(tileQuery(datasetId, imageId));
    const objects = objectsOf(imageId) ?? [];
    const first =
      order.current === 'doubt'
        ? nextDoubtful(objects, null)
        : (objects.find(({ state }) => state === 'proposed') ?? null);
    if (grid.current?.focused() === next && first !== null) {
      focusObject({ imageId, annotationId: first.id });
    }
  };

  const actOnObjectOf = (position: number, imageId: number, item: Item, verb: Verb): boolean => {
    const annotationId = focusedObjectOf(imageId);
    const objects = annotationId === null ? null : objectsOf(imageId);
    const object = objects?.find(({ id }) => id === annotationId);
    if (objects === null || object === undefined) return false;
    const onUndone = () => {
      focus(position);
      focusObject({ imageId, annotationId: object.id });
    };
    performOnObject(datasetId, imageId, object, verb, { onUndone });
    hold(position, item);
    const next = nextAfter(objects, object, order.current);
    if (next === null) afterSteps(() => goOn(position, true));
    else focusObject({ imageId, annotationId: next.id });
    return true;
  };

  const actOnTile = (position: number, verb: Verb): void => {
    const tile = tileAt(position);
    const original = windows.itemAt(position);
    if (tile === undefined || original === undefined) return;
    const { item, imageId } = tile;
    const onUndone = () => focus(position);
    if (kind.of === 'objects') {
      const { annotation } = item as ObjectItem;
      const object: KnownObject & { born: number } = {
        ...annotation,
        isReviewed: annotation.reviewed !== null,
      };
      performOnObject(datasetId, imageId, object, verb, { onUndone });
      hold(position, original);
      void goOn(position, false);
      return;
    }
    const selection = kind.selectionOf([kind.idOf(item)]);
    if (verb.do === 'categorize') {
      setRecategorizing({ to: verb.categoryId, selection });
      return;
    }
    if (verb.do === 'delete') {
      bulk.mutate({ action: bulkActionOf(verb, kind.of), selection });
      return;
    }
    performOnImage(datasetId, item as ActedImage, verb, { onUndone });
    hold(position, original);
    void goOn(position, false);
  };

  const isOnlySelected = (position: number): boolean => {
    const item = windows.itemAt(position);
    return count === 1 && item !== undefined && selection.ids.has(kind.idOf(item));
  };

  const act = (verb: Verb): void => {
    if (stepping.current !== null) {
      void stepping.current.then(() => act(verb));
      return;
    }
    const position = grid.current?.focused() ?? 0;
    const tile = tileAt(position);
    if (tile !== undefined && kind.of === 'images') {
      const item = windows.itemAt(position)!;
      if (actOnObjectOf(position, tile.imageId, item, verb)) return;
    }
    if (count > 0 && !isOnlySelected(position)) {
      if (verb.do === 'categorize' && kind.of === 'images') {
        setRecategorizing({ to: verb.categoryId });
        return;
      }
      runBulk(bulkActionOf(verb, kind.of));
      return;
    }
    if (count > 0) choose.clear();
    actOnTile(position, verb);
  };

  const step = async (choice: 1 | -1 | 'doubtful') => {
    const position = grid.current?.focused() ?? 0;
    const tile = tileAt(position);
    if (tile === undefined) return;
    const { imageId } = tile;
    await queries.ensureQueryData(tileQuery(datasetId, imageId));
    const objects = objectsOf(imageId) ?? [];
    const from = focusedObjectOf(imageId);
    order.current = choice === 'doubtful' ? 'doubt' : 'reading';
    const next =
      choice === 'doubtful' ? nextDoubtful(objects, from) : stepFrom(objects, from, choice);
    focus(position);
    if (next !== null) focusObject({ imageId, annotationId: next.id });
    else if (choice === 'doubtful') await goOn(position, true);
    else focusObject(null);
  };

  const steps = [
    ['next', '.', 1],
    ['previous', ',', -1],
    ['doubtful', 'g', 'doubtful'],
  ] as const;
  useActions(
    kind.of === 'images'
      ? steps.map(([name, key, choice]) => ({
          id: `object-${name}`,
          label: t(`acting.step.${name}`),
          group,
          keys: [key],
          run: () => afterSteps(() => step(choice)),
        }))
      : [],
  );
  const hasFocusedObject = useHasFocusedObject();
  useActions(
    hasFocusedObject
      ? [
          {
            id: 'object-none',
            label: t('acting.step.none'),
            group,
            keys: ['Escape'],
            run: () => afterSteps(async () => focusObject(null)),
          },
        ]
      : [],
  );
  useVerbActions({ datasetId, group, layer: 'page', act, pick: () => setPicking(true) });
  useActions(
    windows.heldCount > 0
      ? [{ id: 'release', label: t('acting.release'), group, keys: ['u'], run: windows.release }]
      : [],
  );

  // Another tile has other objects.
  const lastFocused = useRef<number | null>(null);
  const onFocus = (position: number) => {
    if (lastFocused.current !== position) focusObject(null);
    lastFocused.current = position;
  };
  useEffect(() => () => focusObject(null), []);
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  return {
    act,
    actOnTile,
    onFocus,
    categories: dataset?.categories ?? [],
    isPicking,
    setPicking,
    recategorizing,
    endRecategorizing: () => setRecategorizing(null),
  };
}
