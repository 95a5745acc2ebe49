// Calls to a model behind HTTP: with a limit to how long and how large an answer may be, and tried again where the trouble may
// pass. No redirect is followed, because an address that may be called could lead to one that may not.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Phrase, phrase, type Words } from '@migaki/coco';
import { StoreError } from '@migaki/store';

export interface EndpointRequest {
  url: string;
  /** Sent by POST; without one it is a GET. */
  body?: Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export interface EndpointReply {
  headers: Headers;
  body: Buffer;
}

/** What the endpoint says against one request; another may go well. */
export class RequestRefused extends Error {
  readonly words: Phrase;

  constructor(words: Phrase) {
    super();
    this.words = words;
  }
}

export interface EndpointOptions {
  timeoutMillis: number;
  /** Ends all requests. */
  signal: AbortSignal;
  /** Hears of trouble each time before a request is tried again. */
  onTrouble?: (why: Words, pauseMillis: number) => void;
  onAnswer?: () => void;
  /** Before each further try, once it has answered. */
  pausesMillis?: readonly number[];
}

export interface Endpoint {
  /**
   * @throws RequestRefused; StoreError `endpoint-failed` where it cannot be reached, is not what was meant, or answers more than can be
   *   read; the signal's reason
   */
  call(request: EndpointRequest): Promise<EndpointReply>;
}

/** Enough for a restart of a model's server. */
const usualPauses = [500, 1_000, 2_000, 4_000, 8_000];
/** How often is tried where more would hardly help: nothing was ever answered, nothing comes in time, the model itself failed. */
const fewTries = 3;
const longestPauseMillis = 60_000;
const maxReplyBytes = 64 * 1024 * 1024;

/** Another try may go better: too many requests, an overload, a restart. */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** With the next picture it would be the same. */
const hopeless: Record<number, Phrase> = {
  401: phrase`It wants to know who calls, which is not supported.`,
  403: phrase`It wants to know who calls, which is not supported.`,
  404: phrase`Look whether the path is right.`,
  405: phrase`Look whether the path is right.`,
};

/** What came of one try. */
type Tried =
  | { reply: EndpointReply }
  | { trouble: Words; isBrief: boolean; status: number | null; pauseMillis?: number };

/** @example const { body } = await openEndpoint({ timeoutMillis: 60_000, signal }).call({ url: 'http://127.0.0.1:8000/v2' }) */
export function openEndpoint({
  timeoutMillis,
  signal,
  onTrouble = () => {},
  onAnswer = () => {},
  pausesMillis = usualPauses,
}: EndpointOptions): Endpoint {
  let hasAnswered = false;
  return {
    async call(request) {
      for (let tries = 1; ; tries++) {
        const tried = await tryOnce(request, timeoutMillis, signal);
        if ('reply' in tried || tried.status !== null) hasAnswered = true;
        if ('reply' in tried) {
          onAnswer();
          return tried.reply;
        }
        const { trouble, isBrief, status } = tried;
        const most = isBrief || !hasAnswered ? fewTries : pausesMillis.length + 1;
        if (tries >= Math.min(most, pausesMillis.length + 1)) {
          if (status !== null) throw new RequestRefused(phrase`${trouble}, ${tries} times`);
          throw new StoreError('endpoint-failed', {
            where: new URL(request.url).origin,
            expected: phrase`an answer`,
            found: phrase`${trouble}, ${tries} times`,
            advice: phrase`Look whether the endpoint runs; run the job again to go on where it was.`,
          });
        }
        const pauseMillis = tried.pauseMillis ?? pausesMillis[tries - 1];
        onTrouble(trouble, pauseMillis);
        await sleep(pauseMillis, null, { signal });
      }
    },
  };
}

async function tryOnce(
  { url, body, headers }: EndpointRequest,
  timeoutMillis: number,
  signal: AbortSignal,
): Promise<Tried> {
  const timeout = AbortSignal.timeout(timeoutMillis);
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept: 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    const reply = { headers: response.headers, body: await wholeBody(response, url) };
    return response.ok ? { reply } : refused(url, response, reply.body);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof StoreError || error instanceof RequestRefused) throw error;
    const trouble = timeout.aborted
      ? phrase`no answer within ${timeoutMillis / 1000} seconds`
      : troubleOf(error);
    return { trouble, isBrief: timeout.aborted, status: null };
  }
}

/** @throws StoreError for what would be the same with another picture; RequestRefused for what is of this request alone */
function refused(url: string, { status, headers }: Response, body: Buffer): Tried {
  const location = headers.get('location');
  if (status >= 300 && status < 400) {
    throw new StoreError('endpoint-failed', {
      where: url,
      expected: phrase`an answer`,
      found: location === null ? `HTTP ${status}` : phrase`a redirect to ${location.slice(0, 200)}`,
      advice: phrase`Redirects are not followed: give the address that it leads to, if it is the right one.`,
    });
  }
  const said = saidIn(body);
  const trouble = said === '' ? `HTTP ${status}` : `HTTP ${status} (${said})`;
  if (passing.has(status)) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return {
      trouble,
      isBrief: status === 500,
      status,
      ...(seconds > 0 && { pauseMillis: Math.min(seconds * 1000, longestPauseMillis) }),
    };
  }
  if (status in hopeless) {
    throw new StoreError('endpoint-failed', {
      where: url,
      expected: phrase`an answer`,
      found: trouble,
      advice: hopeless[status],
    });
  }
  throw new RequestRefused(phrase`${trouble}`);
}

/** @throws StoreError for one that is larger than an honest answer */
async function wholeBody({ body }: Response, url: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    byteCount += chunk.length;
    if (byteCount > maxReplyBytes) {
      throw new StoreError('endpoint-failed', {
        where: url,
        expected: phrase`an answer of at most ${maxReplyBytes} bytes`,
        found: phrase`more`,
      });
    }
  }
  return Buffer.concat(chunks);
}

/** Why there was no answer at all, by Node's and undici's codes. */
const troubles: Record<string, Phrase> = {
  ECONNREFUSED: phrase`nobody who listens there`,
  ENOTFOUND: phrase`no machine of that name`,
  EAI_AGAIN: phrase`no machine of that name`,
  ECONNRESET: phrase`a connection that broke off`,
  EPIPE: phrase`a connection that broke off`,
  UND_ERR_SOCKET: phrase`a connection that broke off`,
  EHOSTUNREACH: phrase`no way there`,
  ENETUNREACH: phrase`no way there`,
  UND_ERR_CONNECT_TIMEOUT: phrase`no way there`,
  ETIMEDOUT: phrase`no way there`,
};

function troubleOf(error: unknown): Words {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return troubles[cause?.code ?? ''] ?? phrase`no answer (${cause?.message ?? message})`;
}

const longestSaid = 200;

/** The reason in the body of an error, as servers write it; nothing of pages for people. */
function saidIn(body: Buffer): string {
  const text = body.toString('utf8', 0, 10_000).trim();
  try {
    return reasonIn(JSON.parse(text)).slice(0, longestSaid);
  } catch {
    return /^[<{[]/.test(text) ? '' : text.split('\n')[0].slice(0, longestSaid);
  }
}

/** Servers put it into a field, some one level deeper, some into a list: `{"error": {"message": …}}`, `{"detail": [{"msg": …}]}`. */
function reasonIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const { error, detail, message, msg } = value as Record<string, unknown>;
  const inner = Array.isArray(value) ? value[0] : (error ?? detail ?? message ?? msg);
  return reasonIn(inner);
}
