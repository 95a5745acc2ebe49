import { createHash } from 'node:crypto';

const lineFeed = 0x0a;

/** Counts and hashes what passes. Rows of COPY's text form end with a line feed and hold no other. */
export function measureRows(onRows: (rowCount: number) => void) {
  const hash = createHash('sha256');
  let rowCount = 0;
  return {
    async *pass(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        hash.update(chunk);
        for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, at + 1)) {
          rowCount++;
        }
        onRows(rowCount);
        yield chunk;
      }
    },
    /** Once everything has passed. */
    result: () => ({ rowCount, sha256: hash.digest('hex') }),
  };
}
