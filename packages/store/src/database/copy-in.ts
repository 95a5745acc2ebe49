// COPY … FROM STDIN in text form: the fastest way to bring rows in, and one whose memory does not grow. The driver
// has the messages but no call for them, so this speaks its small interface for queries of other kinds.
// Format: https://www.postgresql.org/docs/18/sql-copy.html, "Text Format".

import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Connection, PoolClient } from 'pg';

export type CopyValue =
  | string
  | number
  | boolean
  | readonly number[]
  | readonly string[]
  | null
  | undefined;

/** One row as a line of COPY's text form. Arrays of strings must not hold null. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) line += '\t';
    line += copyText(values[i]);
  }
  return `${line}\n`;
}

/**
 * Runs one COPY with the lines given and answers how many rows came.
 *
 * @param target table and columns as SQL: `staged_image (position, file_name)`
 * @param lines at once, or as a stream that is read no faster than the server takes it; where that fails, nothing is
 *   copied and its error comes back
 */
export function copyIn(
  client: PoolClient,
  target: string,
  lines: string | AsyncIterable<Uint8Array>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(`copy ${target} from stdin`, lines, resolve, reject));
  });
}

function copyText(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'object') {
    const isNumbers = value.length === 0 || typeof value[0] === 'number';
    return isNumbers ? `{${value.join(',')}}` : escaped(textArray(value as readonly string[]));
  }
  return String(value);
}

const SPECIAL = /[\\\n\r\t]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character]) : text;
}

function textArray(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

interface CopyConnection extends Connection {
  stream: Socket;
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
}

/** Called by the driver's client while this is its active query. */
class CopyIn {
  #rowCount = 0;
  /** Aborted when the server has refused, so that nothing more is read. */
  readonly #refusal = new AbortController();
  #failure: unknown = null;
  readonly #text: string;
  readonly #lines: string | AsyncIterable<Uint8Array>;
  readonly #resolve: (rowCount: number) => void;
  readonly #reject: (error: Error) => void;

  constructor(
    text: string,
    lines: string | AsyncIterable<Uint8Array>,
    resolve: (rowCount: number) => void,
    reject: (error: Error) => void,
  ) {
    this.#text = text;
    this.#lines = lines;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    (connection as CopyConnection).query(this.#text);
  }

  async handleCopyInResponse(connection: CopyConnection): Promise<void> {
    const lines = this.#lines;
    const { signal } = this.#refusal;
    try {
      for await (const chunk of typeof lines === 'string' ? [Buffer.from(lines)] : lines) {
        signal.throwIfAborted();
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain', { signal });
      }
      connection.endCopyFrom();
    } catch (error) {
      if (signal.aborted) return;
      this.#failure = error;
      connection.sendCopyFail('the lines cannot be read');
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rowCount = Number(text.split(' ')[1]);
  }

  handleError(error: Error): void {
    this.#refusal.abort();
    this.#reject((this.#failure as Error | null) ?? error);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rowCount);
  }
}
