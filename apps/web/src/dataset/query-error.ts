import { ApiError } from '@migaki/api';

/** What the query bar shows under a query that the server did not understand; null for other errors. */
export function queryErrorOf(error: unknown): string | null {
  const isAboutQuery = error instanceof ApiError && error.code === 'bad-query';
  return isAboutQuery ? error.message : null;
}
