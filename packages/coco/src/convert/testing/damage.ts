// Damaged copies of a valid tree of files, for fuzzing the readers.

import fc from 'fast-check';
import type { SourceTree } from '../format.ts';
import { memoryTree } from '../memory-tree.ts';

type Edit =
  | { kind: 'truncate'; at: number }
  | { kind: 'delete'; at: number; length: number }
  | { kind: 'insert'; at: number; text: string }
  | { kind: 'replace'; at: number; text: string }
  | { kind: 'bytes'; at: number; bytes: number[] }
  | { kind: 'repeat'; at: number; length: number };

/** What broken and hostile files tend to hold. */
const nastyTexts = [
  'NaN',
  'Infinity',
  '-1',
  '1e309',
  '99999999999999999999',
  '0',
  '-0',
  '""',
  'null',
  '[]',
  '{}',
  '\0',
  '\n',
  '\r\n',
  ',',
  ';',
  '"',
  "'",
  '<',
  '&',
  ']',
  '}',
  ':',
  '../../etc/passwd',
  'C:\\x.jpg',
  '/etc/passwd',
  '__proto__',
  'constructor',
  '日本語',
  '\u{1f600}',
  '[[[[[[[[',
  '- - - -',
  '\t',
  '# ',
  'true',
];

/** One to three edits of random text files of the tree, or a file taken away. */
export function damaged(
  files: ReadonlyMap<string, string>,
  imageSizes: ReadonlyMap<string, { width: number; height: number }>,
): fc.Arbitrary<SourceTree> {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const text = fc.oneof(fc.constantFrom(...nastyTexts), fc.string());
  const length = fc.integer({ min: 1, max: 20 });
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({ kind: fc.constant('truncate' as const), at: share }),
    fc.record({ kind: fc.constant('delete' as const), at: share, length }),
    fc.record({ kind: fc.constant('insert' as const), at: share, text }),
    fc.record({ kind: fc.constant('replace' as const), at: share, text }),
    fc.record({
      kind: fc.constant('bytes' as const),
      at: share,
      bytes: fc.array(fc.nat({ max: 255 }), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('repeat' as const), at: share, length }),
  );
  const textPaths = [...files.keys()].filter((path) => !imageSizes.has(path));
  return fc
    .record({
      edits: fc.array(fc.tuple(fc.constantFrom(...textPaths), edit), {
        minLength: 1,
        maxLength: 3,
      }),
      missing: fc.option(fc.constantFrom(...files.keys()), { nil: undefined, freq: 8 }),
      blind: fc.option(fc.constantFrom(...files.keys()), { nil: undefined, freq: 8 }),
    })
    .map(({ edits, missing, blind }) => {
      const contents = new Map<string, string | Uint8Array>(files);
      for (const [path, change] of edits) contents.set(path, edited(contents.get(path)!, change));
      if (missing !== undefined) contents.delete(missing);
      const sizes = new Map(imageSizes);
      if (blind !== undefined) sizes.delete(blind);
      return memoryTree(contents, sizes);
    });
}

function edited(content: string | Uint8Array, edit: Edit): string | Uint8Array {
  if (typeof content !== 'string') return content;
  const at = Math.floor(edit.at * content.length);
  const before = content.slice(0, at);
  const after = content.slice(at);
  switch (edit.kind) {
    case 'truncate':
      return before;
    case 'delete':
      return before + after.slice(edit.length);
    case 'insert':
      return before + edit.text + after;
    case 'replace':
      // Over a whole number or word, where there is one.
      return before + edit.text + after.replace(/^[\w.+-]+/, '');
    case 'repeat':
      return before + after.slice(0, edit.length).repeat(3) + after;
    case 'bytes': {
      const bytes = new TextEncoder().encode(content);
      bytes.set(edit.bytes.slice(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
      return bytes;
    }
  }
}
