// How values of PostgreSQL become values of JavaScript in this package, whoever made the pool.

import pg from 'pg';
import { decodeJson } from './json-codec.ts';

const { builtins } = pg.types;
/** `float8[]`, which the driver has no name for. */
const FLOAT8_ARRAY = 1022;

const parsers = new Map<number, (text: string) => unknown>([
  // Ids, counts and revisions stay far below 2^53; the import refuses ids that do not.
  [builtins.INT8, Number],
  [builtins.JSON, decodeJson],
  [builtins.JSONB, decodeJson],
  [FLOAT8_ARRAY, (text) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number))],
]);

/** For the `types` of a query or a pool of the `pg` driver. */
export const pgTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;
