import assert from 'node:assert/strict';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { after, test } from 'node:test';
import { inEnglish } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { ZipFile } from 'yazl';
import { openServerFiles } from './open-source.ts';
import { readWhole } from './source-files.ts';
import { openZip } from './zip-files.ts';

const root = mkdtempSync(join(tmpdir(), 'migaki-zips-'));
after(() => rmSync(root, { recursive: true }));

async function zipOf(name: string, fill: (zip: ZipFile) => void): Promise<string> {
  const path = join(root, name);
  const zip = new ZipFile();
  fill(zip);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

/** Gives an entry of an archive a name that no honest program writes. */
function renameEntry(path: string, from: string, to: string): void {
  assert.equal(from.length, to.length);
  writeFileSync(path, readFileSync(path, 'latin1').replaceAll(from, to), 'latin1');
}

/** Bit 11 of the flags, in the local header and in the directory at the end. */
function clearUtf8Flag(path: string): void {
  const bytes = readFileSync(path);
  for (const [signature, flagsAt] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    const at = bytes.indexOf(signature, 'latin1') + flagsAt;
    bytes.writeUInt16LE(bytes.readUInt16LE(at) & ~0x0800, at);
  }
  writeFileSync(path, bytes);
}

const isRefused = (pattern: RegExp) => (error: unknown) =>
  error instanceof StoreError && error.code === 'bad-import' && pattern.test(error.message);

test('the files of a zip are read where they lie, without what systems leave behind', async () => {
  const path = await zipOf('good.zip', (zip) => {
    zip.addBuffer(Buffer.from('{}'), '注釈/labels.json');
    zip.addBuffer(Buffer.from('x'), '__MACOSX/labels.json');
    zip.addBuffer(Buffer.from('x'), 'images/.DS_Store');
    zip.addEmptyDirectory('images/');
  });
  const { files, close } = await openZip(path);
  assert.deepEqual([...files.keys()], ['注釈/labels.json']);
  assert.equal(String(await readWhole('x', files.get('注釈/labels.json')!, 10)), '{}');
  close();
});

test('names are read in the encoding that the archiver wrote, whether it says so or not', async () => {
  // 画像/表.jpg in Shift_JIS, where the second byte of 表 is a backslash; in UTF-8; and Grüße.jpg in CP437.
  const encodings: Record<string, number[]> = {
    '画像/表.jpg': [0x89, 0xe6, 0x91, 0x9c, 0x2f, 0x95, 0x5c, 0x2e, 0x6a, 0x70, 0x67],
    'が.jpg': [...Buffer.from('が.jpg')],
    'Grüße.jpg': [0x47, 0x72, 0x81, 0xe1, 0x65, 0x2e, 0x6a, 0x70, 0x67],
  };
  for (const [index, [name, bytes]] of Object.entries(encodings).entries()) {
    const plain = 'x'.repeat(bytes.length);
    const path = await zipOf(`names${index}.zip`, (zip) => zip.addBuffer(Buffer.from('x'), plain));
    renameEntry(path, plain, String.fromCharCode(...bytes));
    clearUtf8Flag(path);
    const { files, close } = await openZip(path);
    assert.deepEqual([...files.keys()], [name]);
    close();
  }
});

test('names that climb out or begin at the root, and links, are left out, and that is said', async () => {
  const evil = ['../../etc.txt', '/tmp/evil.txt', 'a/../../b.txt', 'C:\\evil.txt', '..\\x.jpg'];
  for (const [index, name] of evil.entries()) {
    const plain = 'x'.repeat(name.length);
    const path = await zipOf(`slip${index}.zip`, (zip) => {
      zip.addBuffer(Buffer.from('{}'), 'a.json');
      zip.addBuffer(Buffer.from('x'), plain);
      zip.addBuffer(Buffer.from('/etc/passwd'), 'b.json', { mode: 0o120777 });
    });
    renameEntry(path, plain, name);
    const { paths, refused, close } = await openServerFiles(path);
    assert.deepEqual([...paths], ['a.json']);
    assert.deepEqual(
      refused.map(({ file, fault }) => [file, inEnglish(fault.found)]),
      [
        [name.replaceAll('\\', '/'), 'one that leads out of it'],
        ['b.json', 'a link, which may lead elsewhere'],
      ],
    );
    close();
  }
});

test('a bomb is refused before anything of it is unpacked', async () => {
  const path = await zipOf('bomb.zip', (zip) => zip.addBuffer(Buffer.alloc(150 << 20), 'a.json'));
  assert.ok(readFileSync(path).length < 1 << 20);
  await assert.rejects(openZip(path), isRefused(/bytes unpacked for each byte packed/));
});

test('an entry that unpacks to more than it says ends with an error', async () => {
  const path = await zipOf('liar.zip', (zip) => zip.addBuffer(Buffer.alloc(5 << 20), 'a.json'));
  const bytes = readFileSync(path);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(5 << 20);
  for (let at = bytes.indexOf(size); at !== -1; at = bytes.indexOf(size, at + 1)) {
    bytes.writeUInt32LE(1000, at);
  }
  writeFileSync(path, bytes);
  const { files, close } = await openZip(path);
  await assert.rejects(
    readWhole('a.json', files.get('a.json')!, 1 << 30),
    isRefused(/a\.json: .* too many bytes/),
  );
  close();
});

test('an entry that lies there as it is and was damaged ends with an error', async () => {
  const path = await zipOf('damaged.zip', (zip) =>
    zip.addBuffer(Buffer.from('{"info": "whole"}'), 'a.json', { compress: false }),
  );
  renameEntry(path, 'whole', 'holes');
  const { files, close } = await openZip(path);
  await assert.rejects(
    readWhole('a.json', files.get('a.json')!, 1000),
    isRefused(/a\.json: expected .* what the archive says, found one that has another checksum/),
  );
  close();
});

test('an archive inside another is left out, and that is said', async () => {
  const inner = await zipOf('inner.zip', (zip) => zip.addBuffer(Buffer.from('{}'), 'b.json'));
  const path = await zipOf('outer.zip', (zip) => {
    zip.addBuffer(Buffer.from('{}'), 'a.json');
    zip.addFile(inner, 'more/inner.zip');
  });
  const { paths, refused, close } = await openServerFiles(path);
  assert.deepEqual([...paths], ['a.json']);
  assert.deepEqual(
    refused.map(({ file }) => file),
    ['more/inner.zip'],
  );
  close();
});

test('what is no zip, or is cut off, is told in one sentence', async () => {
  const path = await zipOf('whole.zip', (zip) => zip.addBuffer(Buffer.from('{}'), 'a.json'));
  const cut = join(root, 'cut.zip');
  writeFileSync(cut, readFileSync(path).subarray(0, 40));
  await assert.rejects(
    openZip(cut),
    isRefused(/cut\.zip: expected a whole zip file, found (?!.*\.\.)/),
  );
});
