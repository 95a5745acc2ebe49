import type { client } from '../server/client.ts';

/** What the server is asked to import, from where and into what. */
export type ImportRequest = Parameters<typeof client.startImport>[0]['body'];
