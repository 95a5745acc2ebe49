import type { PoolClient } from 'pg';
import { escapeIdentifier } from 'pg';

export interface CarriedTable {
  name: string;
  /** In the order in which a row has them. */
  columns: string[];
  /** The last number that each identity column gave out; null where it gave none yet. */
  lastNumbers: Record<string, number | null>;
}

/** Those of the tables that are in the schema, in their order. */
export async function describeTables(
  client: PoolClient,
  schema: string,
  names: readonly string[],
): Promise<CarriedTable[]> {
  const { rows } = await client.query<{ name: string; column: string; isIdentity: boolean }>(
    `select c.relname as name, a.attname as column, a.attidentity <> '' as "isIdentity"
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = $1::text::regnamespace and c.relname = any($2)
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by array_position($2, c.relname::text), a.attnum`,
    [escapeIdentifier(schema), names],
  );
  const tables: CarriedTable[] = [];
  for (const [name, columns] of Map.groupBy(rows, (row) => row.name)) {
    const lastNumbers: Record<string, number | null> = {};
    for (const { column } of columns.filter(({ isIdentity }) => isIdentity)) {
      const last = await client.query<{ value: string | null }>(
        'select pg_sequence_last_value(pg_get_serial_sequence($1, $2)) as value',
        [`${escapeIdentifier(schema)}.${escapeIdentifier(name)}`, column],
      );
      const [{ value }] = last.rows;
      lastNumbers[column] = value === null ? null : Number(value);
    }
    tables.push({ name, columns: columns.map(({ column }) => column), lastNumbers });
  }
  return tables;
}

/** Table and columns as COPY names them. */
export const copyTarget = (schema: string, { name, columns }: CarriedTable): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)} (${columns.map(escapeIdentifier).join(', ')})`;
