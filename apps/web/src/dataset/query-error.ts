import { ApiError } from '@migaki/api';
import { errorText } from '../i18n/words.ts';

/** What the query bar shows under a query that the server did not understand; null for other errors. */
export function queryErrorOf(error: unknown): string | null {
  const isAboutQuery = error instanceof ApiError && error.code === 'bad-query';
  return isAboutQuery ? errorText(error) : null;
}
