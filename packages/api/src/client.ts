// The typed client: the only way by which the web app and the command line reach a server.

import { type Fault, faultPhrase, inEnglish, phrase } from '@migaki/coco';
import { ApiError, errorBody } from './api-error.ts';
import {
  fillPath,
  isStream,
  type Route,
  type RouteAnswer,
  type RouteArguments,
  type Upload,
} from './route.ts';

type Empty = Record<string, never>;

/** One function per route. A route without parameters, query and body is called without arguments. */
export type Client<Routes extends Record<string, Route>> = {
  [Name in keyof Routes]: keyof RouteArguments<Routes[Name]> extends never
    ? (args?: Empty, options?: CallOptions) => Promise<RouteAnswer<Routes[Name]>>
    : (
        args: RouteArguments<Routes[Name]>,
        options?: CallOptions,
      ) => Promise<RouteAnswer<Routes[Name]>>;
};

export interface CallOptions {
  signal?: AbortSignal;
}

export interface ClientOptions {
  /** `http://127.0.0.1:4600`; empty in a browser, where calls go to the page's own origin. */
  baseUrl: string;
  /** Sent as a bearer token; a browser has its session's cookie instead. */
  token?: string;
  fetch?: typeof fetch;
}

/**
 * @throws ApiError from every function: the server's own words, or `unreachable` with status 0
 * @example
 * const client = createClient(routes, { baseUrl: 'http://127.0.0.1:4600', token });
 * const { datasets } = await client.listDatasets();
 */
export function createClient<Routes extends Record<string, Route>>(
  routes: Routes,
  options: ClientOptions,
): Client<Routes> {
  const entries = Object.entries(routes).map(([name, route]) => [
    name,
    (args: CallArguments = {}, call: CallOptions = {}) => callRoute(route, args, call, options),
  ]);
  return Object.fromEntries(entries) as Client<Routes>;
}

interface CallArguments {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  upload?: Upload;
}

async function callRoute(
  route: Route,
  { params, query, body, upload }: CallArguments,
  { signal }: CallOptions,
  { baseUrl, token, fetch: send = fetch }: ClientOptions,
): Promise<unknown> {
  const headers: Record<string, string> = {
    accept: isStream(route.response) ? '*/*' : 'application/json',
  };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (upload !== undefined) headers['content-type'] = route.upload!;
  const address = `${baseUrl}${fillPath(route.path, params)}${searchText(query)}`;
  const response = await send(address, {
    method: route.method,
    headers,
    body: body === undefined ? upload : JSON.stringify(body),
    signal,
    // What `fetch` asks for where a stream is sent.
    ...(upload instanceof ReadableStream && { duplex: 'half' }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw unreachable(baseUrl, error);
  });
  if (!response.ok) throw await errorOf(response);
  if (isStream(route.response)) return response;
  return response.status === 204 ? undefined : route.response.parse(await response.json());
}

/** `?a=1&b=x`, without what is undefined; lists repeat their key. */
export function searchText(query: Record<string, unknown> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) search.append(key, String(each));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

function unreachable(baseUrl: string, cause: unknown): ApiError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const fault: Fault = {
    expected:
      baseUrl === '' ? phrase`an answer from the server` : phrase`an answer from ${baseUrl}`,
    found: phrase`none (${reason})`,
    advice: phrase`Is the workbench running?`,
  };
  const message = inEnglish(faultPhrase(fault));
  return new ApiError(0, { code: 'unreachable', message, ...fault }, { cause });
}

async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    return new ApiError(response.status, errorBody.parse(JSON.parse(text)).error);
  } catch {
    // A proxy in between, or a server that is no workbench.
    const fault: Fault = {
      expected: phrase`an answer of the workbench`,
      found: `HTTP ${response.status}: ${text.slice(0, 200)}`,
    };
    const message = inEnglish(faultPhrase(fault));
    return new ApiError(response.status, { code: 'bad-answer', message, ...fault });
  }
}
