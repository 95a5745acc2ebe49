// The browser's own database, in which everything is kept that the server does not have yet. Who keeps something there
// says what it is.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

const databaseName = 'migaki-annotate';

/** By the version that brought them: `deeds` are numbered by the database, in the order in which they were done. */
const storesOf = {
  1: [['places'], ['transactions']],
  2: [['deeds', { autoIncrement: true }]],
} as const satisfies Record<number, readonly (readonly [string, IDBObjectStoreParameters?])[]>;

const version = 2;

/** Whether this browser has ever kept anything. Where it does not say, it may have. */
export async function isAnythingKept(): Promise<boolean> {
  const databases = (await indexedDB.databases?.()) ?? [{ name: databaseName }];
  return databases.some(({ name }) => name === databaseName);
}

let opening: Promise<IDBPDatabase> | undefined;

export function keptDatabase<Schema extends DBSchema>(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB(databaseName, version, {
    upgrade(db, from) {
      for (const [since, stores] of Object.entries(storesOf)) {
        if (Number(since) <= from) continue;
        for (const [name, options] of stores) db.createObjectStore(name, options);
      }
    },
    // A tab with a later version waits for it.
    blocking: (_, __, { target }) => {
      (target as IDBDatabase).close();
      opening = undefined;
    },
  });
  return opening as Promise<IDBPDatabase<unknown>> as Promise<IDBPDatabase<Schema>>;
}
