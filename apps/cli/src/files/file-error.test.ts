import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliError } from '../cli-error.ts';
import { fileError } from './file-error.ts';

/** As Node makes them. */
function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: what libuv says, open 'x'`), { code, syscall: 'open' });
}

test('what the file system says becomes a sentence with advice, and its exit code tells the side', () => {
  const cases: [code: string, doing: 'read' | 'write', exit: string, sentence: RegExp][] = [
    ['ENOENT', 'read', 'input', /^Cannot read gt\.json: there is no such file or folder/],
    ['EACCES', 'read', 'input', /permission denied\. Check who may read and write it\.$/],
    ['EISDIR', 'read', 'input', /expected a file, found a folder\.$/],
    ['ENOSPC', 'write', 'output', /^Cannot write gt\.json: the disk is full\. Make room/],
    ['EROFS', 'write', 'output', /the disk is read-only\.$/],
    ['EXDEV', 'write', 'output', /Use --copy\.$/],
    ['ESTRANGE', 'read', 'input', /ESTRANGE: what libuv says/],
  ];
  for (const [code, doing, exit, sentence] of cases) {
    const error = fileError(systemError(code), doing, 'gt.json');
    assert.ok(error instanceof CliError);
    assert.equal(error.exit, exit);
    assert.match(error.message, sentence);
  }
});

test('other errors pass through, so that bugs stay bugs', () => {
  for (const error of [new TypeError('x'), new CliError('usage', 'x'), null, 'text']) {
    assert.equal(fileError(error, 'read', 'gt.json'), error);
  }
  const internal = Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.equal(fileError(internal, 'read', 'gt.json'), internal);
});
