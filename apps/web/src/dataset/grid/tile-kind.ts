// What a grid can be made of: how its items are fetched and named, what they look like, how a selection of them is told
// to the server.

import {
  type BulkAction,
  type GridTile,
  objectOrders,
  type Selection,
  sortOrders,
} from '@migaki/api';
import type { ComponentType } from 'react';
import {
  imageWindowQuery,
  type ObjectItem,
  objectWindowQuery,
  type SortOrder,
  type View,
  type WindowQuery,
} from '../../server/queries.ts';
import {
  changedAnnotation,
  changedImage,
  type ImageChange,
  withBulkAction,
  withBulkActionOnImage,
} from '../acting/changes.ts';
import { addPart } from '../query/query-text.ts';
import { ImageTile } from './ImageTile.tsx';
import { ObjectTile } from './ObjectTile.tsx';
import { footerHeight, type TileProps } from './Tile.tsx';

export interface TileKind<Item> {
  of: 'images' | 'objects';
  /** `only`: what was deleted. */
  trash: 'no' | 'only';
  windowQuery: (datasetId: number, view: View) => (window: number) => WindowQuery<Item>;
  idOf: (item: Item) => number;
  imageIdOf: (item: Item) => number;
  /** Where a tile is named after its file. */
  fileNameOf?: (item: Item) => string;
  /** An item with what was done to it. */
  withChange: (item: Item, change: ImageChange | undefined) => Item;
  /** What was done to an image, and what a bulk action does to an item of it. */
  withBulkAction: (change: ImageChange, item: Item, action: BulkAction) => ImageChange;
  /** Orders that there are, the usual one first. */
  orders: readonly SortOrder[];
  /** Of the width that people choose for tiles. */
  widthShare: number;
  heightOf: (width: number) => number;
  Tile: ComponentType<TileProps<Item>>;
  selectionOf: (ids: number[]) => Selection;
  /** Everything that matches but for some, without naming it; where that cannot be said, every id is listed. */
  allBut?: (view: View, ids: number[]) => Selection;
}

const image = {
  of: 'images',
  idOf: ({ id }) => id,
  imageIdOf: ({ id }) => id,
  fileNameOf: ({ fileName }) => fileName,
  withChange: changedImage,
  withBulkAction: withBulkActionOnImage,
  trash: 'no',
  orders: sortOrders,
  widthShare: 1,
  heightOf: (width) => Math.round(width * 0.75) + footerHeight,
  Tile: ImageTile,
  selectionOf: (imageIds) => ({ imageIds }),
} satisfies Omit<TileKind<GridTile>, 'windowQuery'>;

export const imageTiles: TileKind<GridTile> = {
  ...image,
  windowQuery: (datasetId, view) => (window) => imageWindowQuery(datasetId, view, window),
  allBut: ({ q }, ids) => ({ q: ids.length === 0 ? q : addPart(q, `-id:${ids.join(',')}`) }),
};

export const deletedImageTiles: TileKind<GridTile> = {
  ...image,
  trash: 'only',
  windowQuery: (datasetId, view) => (window) => imageWindowQuery(datasetId, view, window, 'only'),
};

export const objectTiles: TileKind<ObjectItem> = {
  of: 'objects',
  trash: 'no',
  windowQuery: (datasetId, view) => (window) => objectWindowQuery(datasetId, view, window),
  idOf: ({ annotation }) => annotation.id,
  imageIdOf: ({ image: { id } }) => id,
  withChange: (item, change) => {
    const annotation = changedAnnotation(item.annotation, change);
    return annotation === null ? { ...item, isDeleted: true } : { ...item, annotation };
  },
  withBulkAction: (change, { annotation }, action) =>
    withBulkAction(change, { ...annotation, isReviewed: annotation.reviewed !== null }, action),
  orders: objectOrders,
  // Crops say as much at a smaller size than whole pictures.
  widthShare: 0.66,
  heightOf: (width) => width + footerHeight,
  Tile: ObjectTile,
  selectionOf: (annotationIds) => ({ annotationIds }),
};
