// The query that finds just what a bar or a cell counts, added to the query that the charts are of. Pure.

import { addPart, quoteValue, setRange, setValues, withoutField } from '../query/query-text.ts';

interface Bin {
  from: number;
  to: number;
}

/** Cells along a side of the raster of centres. */
export const rasterSide = 16;

/** Of images: those whose status, tag, … is this one. */
export const withValue = (query: string, field: string, value: string): string =>
  setValues(query, field, { included: [value], excluded: [] });

/** Of images: those with so many objects. */
export const withCount = (query: string, { from, to }: Bin): string =>
  setRange(query, 'count', { from, to }, { isOpenEnded: true });

/** Of images: those that have each of the categories. */
export const withCategories = (query: string, names: readonly string[]): string =>
  names.reduce((text, name) => addPart(text, `category:${quoteValue(name)}`), query);

/** Of objects: those of which the measure lies within a bin. It is one object of which all must hold. */
export const withMeasure = (query: string, field: string, bin: Bin): string =>
  addPart(query, `object(${range(field, bin)})`);

/** Of images: those on which people worked so many seconds. */
export const withWorkTime = (query: string, bin: Bin): string =>
  timeTerms(bin).reduce(addPart, withoutField(query, 'worktime'));

/** Of objects: those on which people worked so many seconds. */
export const withObjectTime = (query: string, bin: Bin): string =>
  addPart(query, `object(${timeTerms(bin).join(' ')})`);

/** Where nobody worked the time is 0, which no bar counts. */
const timeTerms = ({ from, to }: Bin): string[] => [
  from === 0 ? 'worktime>0' : `worktime>=${from}`,
  `worktime<${to}`,
];

/** Of objects: those whose centre lies in a cell of the raster, counted row by row. */
export function withCentre(query: string, cell: number): string {
  const part = (field: string, place: number) =>
    // The last cell has the very edge, too.
    place === rasterSide - 1
      ? `${field}>=${place / rasterSide}`
      : range(field, { from: place / rasterSide, to: (place + 1) / rasterSide });
  const column = part('centerx', cell % rasterSide);
  return addPart(query, `object(${column} ${part('centery', Math.floor(cell / rasterSide))})`);
}

function range(field: string, { from, to }: Bin): string {
  return setRange('', field, { from, to }, { isOpenEnded: true });
}
