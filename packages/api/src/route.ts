// What a route is. One definition gives the server its validation, the client its types and OpenAPI its page,
// so that no type is written twice.

import type { z } from 'zod';

/** What a caller must be allowed to do. Roles are sets of these; `public` needs no login at all. */
export const permissions = ['public', 'read', 'annotate', 'manage', 'admin'] as const;
export type Permission = (typeof permissions)[number];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer that is no JSON document. */
export interface StreamResponse {
  /** `text/event-stream`, `application/zip`, `image/*`. */
  stream: string;
}

export interface Route {
  method: Method;
  /** With parameters as `:name`: `/api/datasets/:datasetId`. */
  path: string;
  /** One line, as the API page and the client's documentation show it. */
  summary: string;
  permission: Permission;
  /** The path's parameters. They come as text: use coercing schemas. */
  params?: z.ZodObject;
  /** What follows `?`. Comes as text too. */
  query?: z.ZodObject;
  /** JSON body. */
  body?: z.ZodType;
  /** In the place of a JSON body: the media type of a file, which is the body as it is. */
  upload?: string;
  response: z.ZodType | StreamResponse;
}

/** Gives a route its exact type. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

export function isStream(response: Route['response']): response is StreamResponse {
  return 'stream' in response;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Written<T> = T extends z.ZodType ? z.input<T> : undefined;
/** What `fetch` sends as it is; a stream comes piece by piece. */
export type Upload = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

type Present<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] };

/** What a handler gets: parsed and checked. */
export interface RouteRequest<R extends Route> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
}

/** What a caller gives; only the parts that the route has. A query that may be empty may be left out. */
export type RouteArguments<R extends Route> = Present<{
  params: Written<R['params']>;
  body: Written<R['body']>;
  upload: R['upload'] extends string ? Upload : undefined;
}> &
  (R['query'] extends z.ZodType
    ? Record<string, never> extends Written<R['query']>
      ? { query?: Written<R['query']> }
      : { query: Written<R['query']> }
    : unknown);

/** What a handler returns and a caller receives. For a stream the caller gets the `Response` itself. */
export type RouteAnswer<R extends Route> = R['response'] extends z.ZodType
  ? z.output<R['response']>
  : Response;

/** What a handler returns: as the schema takes it in. */
export type RouteResult<R extends Route> = R['response'] extends z.ZodType
  ? z.input<R['response']>
  : unknown;

/** Replaces `:name` in a path. */
export function fillPath(path: string, params: Record<string, unknown> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}
