// The one client of the web app, and how queries treat what it throws.

import { ApiError, createClient, routes } from '@migaki/api';
import {
  type FetchQueryOptions,
  QueryCache,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import { watchedFetch } from './calls-under-way.ts';

export const client = createClient(routes, { baseUrl: '', fetch: watchedFetch });

/** The server is restarting or out of reach: the same call may succeed in a moment. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof ApiError && [0, 502, 503, 504].includes(error.status);

export const sessionKey = ['session'] as const;

/** Under which name this browser's changes are known; empty while nobody is logged in. */
export const ownName = (): string =>
  queryClient.getQueryData<{ user?: string } | null>(sessionKey)?.user ?? '';

/** In the place of a session that has ended while pages are open: they stay as they are until somebody logs in again. */
export const expired = 'expired';

/** The server has answered that nobody is logged in. */
export function noteExpired(): void {
  queryClient.setQueryData(sessionKey, (before: unknown) => (before == null ? null : expired));
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      const isLoggedOut = error instanceof ApiError && error.status === 401;
      if (isLoggedOut) noteExpired();
    },
  }),
  defaultOptions: {
    queries: {
      // The workbench is often on this very machine: the browser's idea of being offline says nothing.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      // Events tell when something is old.
      staleTime: 60_000,
      retry: (failures, error) => isTemporary(error) && failures < 40,
      retryDelay: (failures) => Math.min(300 * 2 ** failures, 1500),
    },
    mutations: { networkMode: 'always' },
  },
});

/**
 * What is known and not old, or one call: also where a page asks the same again and again because the workbench is away, which
 * takes a minute to be given up.
 */
export async function fetchOnce<Data, Key extends QueryKey>(
  query: FetchQueryOptions<Data, Error, Data, Key>,
): Promise<Data> {
  const { queryKey } = query;
  if (queryClient.getQueryState(queryKey)?.fetchStatus === 'fetching') {
    await queryClient.cancelQueries({ queryKey, exact: true });
  }
  return queryClient.fetchQuery({ ...query, retry: false });
}

/** Where a picture is, at a longer side of at least `size` pixels where the server has one; nothing for the original. */
export function pictureUrl(sha256: string, size?: PictureSize): string {
  return `/api/pictures/${sha256}${size === undefined ? '' : `?size=${size}`}`;
}

export const pictureSizes = [128, 256, 512, 1024, 2048] as const;
export type PictureSize = (typeof pictureSizes)[number];

/** What imports make of every picture: there is no wait for it. */
export const listPictureSize: PictureSize = 256;

/** The smallest size that fills `pixels` device pixels. */
export function sizeFor(pixels: number): PictureSize {
  return pictureSizes.find((size) => size >= pixels) ?? 2048;
}
