// COPY … TO STDOUT in text form as a stream: the counterpart of `copy-in.ts`. It reads from the server no faster than
// whoever takes the lines.

import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Connection, PoolClient } from 'pg';

/** Rows come one by one, far too many for a stream; they are handed on in pieces of about this size. */
const PIECE_BYTES = 1 << 18;

/**
 * The rows as lines of COPY's text form, in UTF-8. Where the stream is given up before its end, the connection has to
 * be thrown away.
 *
 * @param source table and columns, or a query in parentheses, as SQL
 * @example
 * await pipeline(copyOut(client, 'image (image_id, file_name)'), createWriteStream('images.copy'));
 */
export function copyOut(client: PoolClient, source: string): Readable {
  const query = new CopyOut(`copy ${source} to stdout`);
  client.query(query);
  return query.lines;
}

interface CopyConnection extends Connection {
  stream: Socket;
  query(text: string): void;
}

/** Called by the driver's client while this is its active query. */
class CopyOut {
  readonly lines: Readable;
  readonly #text: string;
  #connection: CopyConnection | null = null;
  #piece = Buffer.allocUnsafe(PIECE_BYTES);
  #pieceBytes = 0;

  constructor(text: string) {
    this.#text = text;
    this.lines = new Readable({
      highWaterMark: 2 * PIECE_BYTES,
      read: () => this.#connection?.stream.resume(),
    });
  }

  submit(connection: Connection): void {
    this.#connection = connection as CopyConnection;
    this.#connection.query(this.#text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#pieceBytes + chunk.length > this.#piece.length) this.#push(chunk.length);
    // Copied, because the driver uses the memory of a message again.
    this.#piece.set(chunk, this.#pieceBytes);
    this.#pieceBytes += chunk.length;
  }

  handleCommandComplete(): void {
    this.#push(0);
  }

  handleError(error: Error): void {
    this.lines.destroy(error);
  }

  handleReadyForQuery(): void {
    // The last piece may have paused it, and nobody will ask for more.
    this.#connection?.stream.resume();
    this.#connection = null;
    this.lines.push(null);
  }

  #push(nextBytes: number): void {
    const isWanted = this.lines.push(this.#piece.subarray(0, this.#pieceBytes));
    if (!isWanted && !this.lines.destroyed) this.#connection?.stream.pause();
    this.#piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, nextBytes));
    this.#pieceBytes = 0;
  }
}
