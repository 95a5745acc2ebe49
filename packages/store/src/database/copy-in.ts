// COPY … FROM STDIN in text form: the fastest way to bring rows in, and one whose memory does not grow. The driver
// has the messages but no call for them, so this speaks its small interface for queries of other kinds.
// Format: https://www.postgresql.org/docs/18/sql-copy.html, "Text Format".

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
 */
export function copyIn(client: PoolClient, target: string, lines: string): Promise<number> {
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
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Called by the driver's client while this is its active query. */
class CopyIn {
  #rowCount = 0;
  readonly #text: string;
  readonly #lines: string;
  readonly #resolve: (rowCount: number) => void;
  readonly #reject: (error: Error) => void;

  constructor(
    text: string,
    lines: string,
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

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(Buffer.from(this.#lines));
    connection.endCopyFrom();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rowCount = Number(text.split(' ')[1]);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rowCount);
  }
}
