// How long people worked: told by editors, summed up for statistics, handed out as a table.

import { addWorkTime, type Store, type WorkRow, workRows, workStatistics } from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import { time } from './answers.ts';
import { csvTable } from './csv-table.ts';

type WorkTimeHandlers = Pick<Handlers, 'addWorkTime' | 'getWorkTime' | 'downloadWorkTime'>;

export function workTimeHandlers(store: Store): WorkTimeHandlers {
  return {
    addWorkTime: async ({ params, body: { sessionId, stretches } }, { caller }) => ({
      added: await addWorkTime(store, params.datasetId, {
        sessionId,
        author: caller.user,
        stretches: stretches.map(({ at, ...stretch }) => ({ ...stretch, at: new Date(at) })),
      }),
    }),
    getWorkTime: ({ params, query }) => workStatistics(store, params.datasetId, { query: query.q }),
    downloadWorkTime: async ({ params, query: { q, by, format } }, { reply }) => {
      const rows = (await workRows(store, params.datasetId, { query: q, by })).map(tableRow);
      reply.headers({
        'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        'content-disposition': `attachment; filename="work-time-by-${by}.${format}"`,
      });
      return format === 'csv'
        ? csvTable(rows, ['user', 'from', 'to', 'seconds'])
        : JSON.stringify(rows);
    },
  };
}

/** Without what the rows are not of. */
function tableRow({ user, from, to, millis, ...of }: WorkRow): Record<string, unknown> {
  const { imageId, fileName, annotationId, categoryId } = of;
  return {
    user,
    ...(imageId !== null && { imageId, fileName }),
    ...(annotationId !== null && { annotationId, categoryId }),
    from: time(from),
    to: time(to),
    seconds: millis / 1000,
  };
}
