// Imports and exports over HTTP, as a page or a program makes them, with real files, workers and database. In one piece, because all of
// it works in one workbench.

import assert from 'node:assert/strict';
import { createWriteStream, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';
import { exportFormats, type Job, leftBehind } from '@migaki/api';
import { inEnglish } from '@migaki/coco';
import sharp from 'sharp';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { testWorkbench } from '../testing/test-workbench.ts';
import type { ExportReport } from './export/export-job.ts';
import type { ImportReport } from './import/import-report.ts';

const workbench = await testWorkbench();
const { client, folder, finished } = workbench;
let nameCount = 0;

const picture = (red: number, width = 32, height = 24): Promise<Buffer> =>
  sharp({
    create: { width, height, channels: 3, background: { r: (red * 7) % 256, g: 99, b: red } },
  })
    .jpeg()
    .toBuffer();

/** Large enough that a part of it is more than a header; the same each time, since what a decoder says of damage depends on every byte. */
function noisyPicture(): Promise<Buffer> {
  const [width, height] = [320, 240];
  const pixels = Buffer.alloc(width * height * 3);
  let noise = 1;
  for (let index = 0; index < pixels.length; index++) {
    noise = (noise * 1_664_525 + 1_013_904_223) % 2 ** 32;
    pixels[index] = 88 + (noise / 2 ** 32) * 80;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** A PNG that says how large it is and holds no more than that. */
function pngOfSize(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(10))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Writes files into a new folder, from which may be imported. */
function filesIn(files: Record<string, string | Buffer>): string {
  const root = join(folder, `files-${++nameCount}`);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function importPath(path: string, more: object = {}, into?: number) {
  const { datasetId, job } = await client.startImport({
    body: {
      into: into === undefined ? { newDataset: `set ${++nameCount}` } : { datasetId: into },
      from: { path },
      ...more,
    },
  });
  const ended = await finished(job);
  return { datasetId, job: ended, report: ended.result as ImportReport };
}

async function exported(
  datasetId: number,
  more: object = {},
): Promise<{ job: Job; bytes: Buffer }> {
  const { job } = await client.startExport({ body: { datasetId, format: 'coco', ...more } });
  const ended = await finished(job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  const response = await client.downloadExport({ params: { jobId: job.id } });
  assert.match(response.headers.get('content-disposition')!, /^attachment/);
  return { job: ended, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(bytes);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

const coco = {
  info: { description: '血球', 'unknown field': [1.5, null] },
  licenses: [{ id: 1, name: 'CC0' }],
  images: [
    { id: 7, file_name: 'あ.jpg', width: 32, height: 24, license: 1, gain: 0.25 },
    { id: 3, file_name: 'b.jpg', width: 32, height: 24 },
  ],
  annotations: [
    {
      id: 12,
      image_id: 7,
      category_id: 2,
      bbox: [1.25, 2, 3, 4],
      area: 12,
      iscrowd: 0,
      x: { y: 1 },
    },
    {
      id: 5,
      image_id: 3,
      category_id: 2,
      segmentation: [[0, 0, 9, 0, 9, 9]],
      area: 40.5,
      iscrowd: 0,
    },
  ],
  categories: [{ id: 2, name: 'RBC', supercategory: 'cell' }],
  'a section of its own': { deep: [{}] },
};

/** As it comes out: in the order of the ids. */
const cocoInOrder = {
  ...coco,
  images: coco.images.toReversed(),
  annotations: coco.annotations.toReversed(),
};

test('a COCO file comes out as it went in, and its pictures byte for byte', async () => {
  const [a, b] = await Promise.all([picture(1), picture(2)]);
  const root = filesIn({
    'labels.json': JSON.stringify(coco),
    'images/あ.jpg': a,
    'images/b.jpg': b,
  });
  const { datasetId, report, job } = await importPath(root);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.deepEqual(
    [report.format, report.imagesAdded, report.annotationsAdded, report.picturesCompleted],
    ['coco', 2, 2, 2],
  );
  assert.deepEqual([report.missingPictureCount, report.problems, report.losses], [0, [], []]);

  const { bytes } = await exported(datasetId);
  assert.deepEqual(JSON.parse(bytes.toString()), cocoInOrder);
  const files = await unzipped((await exported(datasetId, { withImages: true })).bytes);
  assert.deepEqual([...files.keys()].toSorted(), [
    'annotations.json',
    'images/b.jpg',
    'images/あ.jpg',
  ]);
  assert.deepEqual(JSON.parse(files.get('annotations.json')!.toString()), cocoInOrder);
  assert.deepEqual(files.get('images/あ.jpg'), a);

  const { revision } = await client.getDataset({ params: { datasetId } });
  const again = await importPath(root, {}, datasetId);
  assert.equal(again.job.state, 'succeeded');
  assert.deepEqual(
    [again.report.imagesAdded, again.report.annotationsAdded, again.report.picturesAdded],
    [0, 0, 0],
  );
  assert.equal(again.report.picturesKnown, 2);
  assert.equal((await client.getDataset({ params: { datasetId } })).revision, revision);
});

test('boxes that were turned are polygons in COCO, and categories of pictures have no box, which the report of an export says', async () => {
  const corners = [10, 2, 18, 10, 10, 18, 2, 10];
  const turned = {
    ...coco.annotations[1],
    id: 13,
    segmentation: [corners],
    attributes: { rotation: 45 },
  };
  const tagged = { id: 901, image_id: coco.images[0].id, category_id: coco.categories[0].id };
  const labels = { ...coco, annotations: [...coco.annotations, turned, tagged] };
  const { datasetId } = await importPath(filesIn({ 'labels.json': JSON.stringify(labels) }));
  for (const withImages of [false, true]) {
    const { job } = await exported(datasetId, { withImages });
    assert.deepEqual((job.result as { losses: unknown }).losses, [
      {
        feature: 'rotated boxes were written as polygons, with their angle in attributes.rotation',
        count: 1,
        example: 'annotation 13',
      },
      {
        feature:
          'categories of whole pictures were written as annotations without a box, at which some programs stop',
        count: 1,
        example: 'annotation 901',
      },
    ]);
  }
});

test('a format that is nothing but pictures is refused at once without them', async () => {
  const { datasetId } = await importPath(filesIn({ 'a.jpg': await picture(1) }));
  for (const more of [
    { format: 'folder-per-class' },
    { format: 'yolo', task: 'classify' },
  ] as const) {
    await assert.rejects(client.startExport({ body: { datasetId, ...more } }), {
      code: 'bad-export',
      message: /an export with pictures/,
    });
  }
});

test('folders that an export made of classes are classes again, be it one', async () => {
  for (const classes of [['cat'], ['cat', 'dog']]) {
    const files: Record<string, Buffer> = {};
    for (const [index, name] of classes.entries()) {
      files[`${name}/${index}.jpg`] = await picture(50 + index);
    }
    const { datasetId } = await importPath(filesIn(files), { format: 'folder-per-class' });
    for (const more of [{ format: 'folder-per-class' }, { format: 'yolo', task: 'classify' }]) {
      const { bytes } = await exported(datasetId, { ...more, withImages: true });
      const again = await importPath(filesIn({ 'all.zip': bytes }));
      assert.equal(again.report.annotationsAdded, classes.length, JSON.stringify(more));
      const { categories } = await client.getDataset({ params: { datasetId: again.datasetId } });
      assert.deepEqual(
        categories.map(({ name }) => name),
        classes,
      );
    }
  }
});

test('an export names pictures that the workspace has lost, and holds the others', async () => {
  const kept = await picture(31);
  const root = filesIn({ 'a.jpg': kept, 'b.jpg': await picture(32), 'c.jpg': await picture(33) });
  const { datasetId } = await importPath(root);
  const { items } = await client.listImages({ params: { datasetId }, query: {} });
  for (const { sha256 } of items.slice(1)) {
    rmSync(join(workbench.workspaceDir, 'blobs/sha256', sha256!.slice(0, 2), sha256!.slice(2)));
  }
  for (const format of ['coco', 'csv'] as const) {
    const { job, bytes } = await exported(datasetId, { format, withImages: true });
    const files = await unzipped(bytes);
    const pictures = [...files.keys()].filter((path) => path.endsWith('.jpg'));
    assert.deepEqual(pictures, ['images/a.jpg'], format);
    assert.deepEqual(files.get('images/a.jpg'), kept);
    const { losses, ...told } = job.result as ExportReport;
    assert.deepEqual(
      [told.pictures, told.missingPictureCount, told.missingPictures],
      [1, 2, ['b.jpg', 'c.jpg']],
    );
    assert.deepEqual(
      losses.filter(({ feature }) => feature === leftBehind.lostPictures),
      [{ feature: leftBehind.lostPictures, count: 2, example: 'b.jpg' }],
    );
  }
});

test('other formats are recognised, and carry back what they can', async () => {
  const root = filesIn({
    'data.yaml': 'names: [cat, dog]\ntrain: images/train\n',
    'images/train/1.jpg': await picture(3),
    'labels/train/1.txt': '1 0.5 0.5 0.25 0.5\n',
  });
  const { datasetId, report } = await importPath(root);
  assert.equal(report.format, 'yolo');
  assert.deepEqual([report.annotationsAdded, report.missingPictureCount], [1, 0]);
  const { job, bytes } = await exported(datasetId, { format: 'yolo', withImages: true });
  const files = await unzipped(bytes);
  const label = [...files].find(([path]) => path.endsWith('1.txt'))!;
  assert.equal(label[1].toString().trim(), '1 0.5 0.5 0.25 0.5');
  assert.ok(Array.isArray((job.result as { losses: unknown[] }).losses));
});

test('where labels come in several formats COCO goes first, and the others are told', async () => {
  const root = filesIn({
    'labels.json': JSON.stringify(coco),
    'voc/b.xml':
      '<annotation><filename>b.jpg</filename><size><width>32</width></size></annotation>',
  });
  const { job, report } = await importPath(root);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.deepEqual([report.format, report.annotationsAdded], ['coco', 2]);
  const [{ feature, example }] = report.notes;
  assert.deepEqual(
    [feature, example, report.problemCount],
    ['labels of other formats beside COCO were passed over', 'Pascal VOC', 0],
  );
});

test('pictures that the label file beside them does not name come in, and are told', async () => {
  const labels = JSON.stringify(coco);
  const files = {
    'あ.jpg': await picture(1),
    'b.jpg': await picture(2),
    'c.jpg': await picture(3),
  };
  const { report } = await importPath(filesIn({ 'labels.json': labels, ...files }));
  const told = report.notes.map(({ feature, count }) => [feature, count]);
  const unnamed = 'pictures that no label file names, brought in without labels';
  assert.deepEqual(told, [[unnamed, 1]]);
  const alone = await importPath(filesIn(files));
  assert.deepEqual([alone.report.picturesAdded, alone.report.notes], [3, []]);
});

test('files that are parts of one dataset say of their pictures which part they are of', async () => {
  const part = (id: number, name: string) =>
    JSON.stringify({
      ...coco,
      images: [{ ...coco.images[0], id, file_name: name }],
      annotations: [],
    });
  const files = {
    'instances_train.json': part(1, 'a.jpg'),
    'instances_val.json': part(2, 'b.jpg'),
    'more.json': part(3, 'c.jpg'),
  };
  const splitsIn = async (datasetId: number) => {
    const query = async (q: string) =>
      (await client.listImages({ params: { datasetId }, query: { q } })).items.map(
        (i) => i.fileName,
      );
    return [await query('split:train'), await query('split:val')];
  };
  const { datasetId } = await importPath(filesIn(files));
  assert.deepEqual(await splitsIn(datasetId), [['a.jpg'], ['b.jpg']]);
  const alone = await importPath(filesIn({ 'instances_val.json': part(2, 'b.jpg') }));
  assert.deepEqual(await splitsIn(alone.datasetId), [[], []], 'one part says nothing of others');
});

test('a zip that is refused is left out with its reason, and the others come in', async () => {
  const root = filesIn({
    'a.jpg': await picture(1),
    'damaged.zip': 'no zip at all',
    'only/bomb.zip': '',
  });
  const pack = async (path: string, content: Buffer, name: string) => {
    const zip = new ZipFile();
    zip.addBuffer(content, name);
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(join(root, path)));
  };
  await pack('good.zip', await picture(2), 'b.jpg');
  await pack('only/bomb.zip', Buffer.alloc(150 << 20), 'huge.jpg');
  const { job, datasetId, report } = await importPath(root);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  const { items } = await client.listImages({ params: { datasetId }, query: {} });
  assert.deepEqual(
    items.map(({ fileName }) => fileName),
    ['a.jpg', 'good/b.jpg'],
  );
  const told = report.problems.map(
    ({ file, message }) => `${inEnglish(file)}: ${inEnglish(message)}`,
  );
  assert.equal(report.problemCount, 2);
  assert.match(told[0], /^damaged\.zip: expected a whole zip file/);
  assert.match(
    told[1],
    /^only\/bomb\.zip: expected at most 200 bytes unpacked for each byte packed/,
  );

  const alone = async () => {
    const { job } = await importPath(join(root, 'only'));
    assert.equal(job.state, 'failed');
    assert.match(inEnglish(job.error!.message), /^bomb\.zip: expected at most 200 bytes/);
  };
  await alone();
  writeFileSync(join(root, 'only/readme.txt'), 'Pictures of the night');
  await alone();
});

test('labels first and pictures later, in a zip: what is missing is listed, then complete', async () => {
  const labels = filesIn({ 'labels.json': JSON.stringify(coco) });
  const { datasetId, report } = await importPath(join(labels, 'labels.json'));
  assert.deepEqual([report.missingPictureCount, report.missingPictures], [2, ['あ.jpg', 'b.jpg']]);
  await client.createVersion({ params: { datasetId }, body: { name: 'labels' } });

  const root = filesIn({ 'x.txt': '' });
  const zip = new ZipFile();
  zip.addBuffer(await picture(4), 'photos/あ.jpg');
  zip.addBuffer(await picture(5), 'photos/c.jpg');
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(join(root, 'photos.zip')));
  const later = await importPath(join(root, 'photos.zip'), {}, datasetId);
  assert.deepEqual(
    [later.report.format, later.report.picturesCompleted, later.report.picturesAdded],
    ['images', 1, 1],
  );
  assert.deepEqual(later.report.missingPictures, ['b.jpg']);

  // The version has the picture that it lacked, and says of it what it said then.
  const version = await exported(datasetId, { version: 'labels', withImages: true });
  const files = await unzipped(version.bytes);
  assert.deepEqual([...files.keys()].toSorted(), ['annotations.json', 'images/あ.jpg']);
  assert.deepEqual(JSON.parse(files.get('annotations.json')!.toString()), cocoInOrder);
  const query = { from: 'labels', to: 'now' };
  const { fields } = await client.getDifference({ params: { datasetId }, query });
  assert.ok(fields.some(({ field, imageCount }) => field === 'picture' && imageCount === 1));
});

test('a picture that cannot be read is told and stops no other', async () => {
  const good = await noisyPicture();
  const root = filesIn({
    'good.jpg': good,
    'text.jpg': 'hello',
    'cut.jpg': good.subarray(0, good.length * 0.8),
    'cut again.jpg': good.subarray(0, good.length * 0.8),
    'huge.png': pngOfSize(50_000, 50_000),
    'page.jpg': '<html><script>alert(1)</script></html>',
  });
  const { datasetId, job, report } = await importPath(root, { format: 'images' });
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.equal(report.picturesAdded, 1);
  const told = new Map(report.problems.map(({ file, message }) => [file, message]));
  const unreadable = ['cut again.jpg', 'cut.jpg', 'huge.png', 'page.jpg', 'text.jpg'];
  assert.deepEqual([...told.keys()].toSorted(), unreadable);
  assert.match(inEnglish(told.get('huge.png')!), /at most 450,000,000 pixels, found 50000 × 50000/);
  assert.match(inEnglish(told.get('cut.jpg')!), /damaged/);
  assert.match(inEnglish(told.get('text.jpg')!), /found something else/);
  const { lines } = await client.getJobLog({ params: { jobId: job.id }, query: {} });
  assert.equal(lines.filter(({ level }) => level === 'warning').length, unreadable.length);
  const { total } = await client.listImages({ params: { datasetId }, query: {} });
  assert.equal(total, 1);
});

/** A JPEG of which so many bytes in the middle are others. */
async function overwrittenPicture(byteCount: number): Promise<Buffer> {
  const bytes = await noisyPicture();
  for (let index = 0; index < byteCount; index++) {
    bytes[(bytes.length / 2 + index) | 0] = (index * 151 + 13) % 256;
  }
  return bytes;
}

test('a picture that is damaged inside comes in and is named, also when it comes again', async () => {
  const whole = await noisyPicture();
  const table = whole.indexOf(Buffer.from([0xff, 0xdb]));
  const files = {
    'whole.jpg': whole,
    'holes.jpg': await overwrittenPicture(4_000),
    // What cameras leave between the parts of a file harms nothing.
    'extra.jpg': Buffer.concat([
      whole.subarray(0, table),
      Buffer.from('xyz'),
      whole.subarray(table),
    ]),
  };
  for (const time of ['first', 'second']) {
    const { job, report } = await importPath(filesIn(files));
    assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
    assert.deepEqual([report.picturesAdded, report.problemCount], [3, 0], time);
    assert.deepEqual(
      report.damaged.map(({ file }) => file),
      ['holes.jpg'],
      time,
    );
    assert.equal(report.damagedCount, 1);
    const { lines } = await client.getJobLog({ params: { jobId: job.id }, query: {} });
    assert.match(
      lines
        .filter(({ level }) => level === 'warning')
        .map(({ text }) => inEnglish(text))
        .join(),
      /^holes\.jpg came in, and is damaged inside/,
    );
  }
});

test('pictures of kinds that are not read are named', async () => {
  const root = filesIn({
    'a.jpg': await picture(1),
    'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'raw/b.HEIC': 'x',
    'readme.md': 'no picture',
  });
  const { job, report } = await importPath(root);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.deepEqual(
    report.problems.map(({ file }) => file),
    ['logo.svg', 'raw/b.HEIC'],
  );
  const alone = await importPath(filesIn({ 'logo.svg': '<svg/>' }));
  assert.match(alone.job.error!.message, /^logo\.svg: expected a picture \(JPEG/);
});

test('one damaged picture among a thousand is told, and the others come in', async () => {
  const files: Record<string, Buffer> = {};
  for (let index = 0; index < 1000; index++) files[`${index}.jpg`] = await picture(index, 24, 16);
  const whole = await noisyPicture();
  files['617.jpg'] = whole.subarray(0, whole.length / 2);
  const { job, report } = await importPath(filesIn(files));
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.equal(report.picturesAdded, 999);
  assert.deepEqual(
    report.problems.map(({ file }) => file),
    ['617.jpg'],
  );
});

test('links in a folder are told and not followed', async () => {
  const root = filesIn({ 'images/1.jpg': await picture(21) });
  const elsewhere = filesIn({ 'secret.jpg': await picture(22) });
  symlinkSync(elsewhere, join(root, 'folder'));
  symlinkSync(join(elsewhere, 'secret.jpg'), join(root, 'images', '2.jpg'));
  symlinkSync(root, join(root, 'images', 'loop'));
  const { job, report } = await importPath(root);
  assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
  assert.equal(report.picturesAdded, 1);
  const told = report.problems.filter(({ message }) => /found a link/.test(inEnglish(message)));
  assert.deepEqual(told.map(({ file }) => file).toSorted(), [
    'folder',
    'images/2.jpg',
    'images/loop',
  ]);
});

test('what a camera wrote is there to be searched, unless the labels know better', async () => {
  const shot = await sharp(await picture(23, 32, 24))
    .withExif({
      IFD0: { Model: 'EOS R5' },
      IFD2: { DateTimeOriginal: '2024:05:31 23:30:00', OffsetTimeOriginal: '+09:00' },
    })
    .jpeg()
    .toBuffer();
  const labels = {
    images: [
      {
        id: 1,
        file_name: 'dated.jpg',
        width: 32,
        height: 24,
        date_captured: '2001-02-03 04:05:06',
      },
      { id: 2, file_name: 'undated.jpg', width: 32, height: 24 },
    ],
    annotations: [],
    categories: [],
  };
  const { datasetId } = await importPath(
    filesIn({
      'labels.json': JSON.stringify(labels),
      'dated.jpg': shot,
      'undated.jpg': shot,
      'unnamed.jpg': shot,
    }),
  );
  const params = { datasetId };
  const found = async (q: string) =>
    (await client.listImages({ params, query: { q } })).items.map(({ fileName }) => fileName);
  assert.deepEqual(await found('captured:2024-05-31'), ['undated.jpg', 'unnamed.jpg']);
  assert.deepEqual(await found('captured:2001-02-03'), ['dated.jpg']);
  assert.equal((await found('meta.camera:"EOS R5"')).length, 3);
  const { capturedAt } = await client.getImage({ params: { ...params, imageId: 2 } });
  assert.equal(capturedAt, '2024-05-31T14:30:00.000Z');
  // What the pictures say is not put into the labels' mouth.
  assert.deepEqual(
    JSON.parse((await exported(datasetId)).bytes.toString()).images.slice(0, 2),
    labels.images,
  );
});

test('a file that was edited elsewhere comes back, and changes what it says of the same ids', async () => {
  const { datasetId } = await importPath(filesIn({ 'labels.json': JSON.stringify(coco) }));
  const [first, ...others] = coco.annotations;
  const moved = { ...first, bbox: [1, 1, 3, 3], area: 9 };
  const more = { ...first, id: 900 };
  const edited = { ...coco, annotations: [moved, ...others, more] };
  const root = filesIn({ 'labels.json': JSON.stringify(edited) });
  const { report } = await importPath(root, { mode: 'update' }, datasetId);
  assert.deepEqual(
    [report.annotationsChanged, report.annotationsAdded, report.annotationsKnown],
    [1, 1, others.length],
  );
  const back = JSON.parse((await exported(datasetId)).bytes.toString());
  assert.deepEqual(
    back.annotations.find(({ id }: { id: number }) => id === first.id).bbox,
    [1, 1, 3, 3],
  );
  const few = JSON.stringify({ ...edited, annotations: [moved] });
  const fewer = filesIn({ 'labels.json': few });
  const updated = (await importPath(fewer, { mode: 'update' }, datasetId)).report;
  assert.deepEqual(
    [updated.annotationsDeleted, updated.notes.map(({ feature, count }) => [feature, count])],
    [0, [['labels of these pictures are not in the file, and stay', 2]]],
  );
  const replaced = (await importPath(fewer, { mode: 'replace' }, datasetId)).report;
  assert.deepEqual([replaced.annotationsDeleted, replaced.notes], [2, []]);
  const several = await importPath(
    filesIn({ 'a.json': few, 'b.json': few }),
    { mode: 'replace' },
    datasetId,
  );
  assert.match(several.job.error!.message, /one COCO file, .* found 2 files/);
  const yolo = filesIn({ 'data.yaml': 'names: [cell]', 'labels/1.txt': '0 0.5 0.5 0.1 0.1' });
  const refused = await importPath(yolo, { mode: 'update', format: 'yolo' }, datasetId);
  assert.match(refused.job.error!.message, /whose annotations have ids, found YOLO/);
});

test('folders are told not to be classes where new pictures lie in several', async () => {
  const files = { 'day/b.jpg': await picture(1), 'night/c.jpg': await picture(2) };
  const several = await importPath(filesIn(files));
  assert.deepEqual(
    several.report.notes.map(({ feature, count }) => [feature, count]),
    [['folders were not taken for classes; the format folder-per-class does that', 2]],
  );
  const one = await importPath(filesIn({ 'day/b.jpg': await picture(1) }));
  assert.deepEqual([one.report.picturesAdded, one.report.notes], [1, []]);
  const waiting = {
    ...coco,
    images: Object.keys(files).map((file_name, index) => ({ ...coco.images[index], file_name })),
  };
  const { datasetId } = await importPath(filesIn({ 'labels.json': JSON.stringify(waiting) }));
  const { report } = await importPath(filesIn(files), {}, datasetId);
  assert.deepEqual([report.picturesCompleted, report.notes], [2, []]);
});

test('a folder that is imported again leaves in the trash what was deleted, and says so', async () => {
  const root = filesIn({ 'labels.json': JSON.stringify(coco), 'b.jpg': await picture(5) });
  const { datasetId } = await importPath(root);
  const before = (await exported(datasetId)).bytes;
  const change = (type: 'deleteImages' | 'restoreImages') =>
    client.applyBulk({
      params: { datasetId },
      body: {
        key: crypto.randomUUID(),
        selection: { imageIds: [3] },
        action: { type },
      },
    });
  await change('deleteImages');
  const { report } = await importPath(root, {}, datasetId);
  assert.deepEqual([report.imagesAdded, report.picturesAdded, report.annotationsAdded], [0, 0, 0]);
  const notes = report.notes.filter(({ feature }) => /are in the trash/.test(inEnglish(feature)));
  assert.deepEqual(
    notes.map(({ count, example }) => [count, example]),
    [
      [1, 'b.jpg'],
      [1, 'b.jpg'],
    ],
  );
  await change('restoreImages');
  assert.deepEqual((await exported(datasetId)).bytes, before);
});

test('bad labels end the job with one sentence, and leave the dataset as it was', async () => {
  const { datasetId } = await client
    .createDataset({ body: { name: 'made before' } })
    .then(({ id }) => ({ datasetId: id }));
  const text = JSON.stringify(coco);
  const root = filesIn({ 'labels.json': text.slice(0, text.length - 40) });
  const { job } = await importPath(root, {}, datasetId);
  assert.equal(job.state, 'failed');
  assert.match(job.error!.message, /labels\.json, .*expected .* found/);
  const { total } = await client.listImages({ params: { datasetId }, query: {} });
  assert.equal(total, 0);
  const nothing = await importPath(filesIn({ 'readme.txt': 'x' }));
  assert.match(nothing.job.error!.message, /expected pictures or labels/);
  await assert.rejects(importPath('/etc'), /one outside of them/);
});

test('one label file that cannot be read is named, and everything beside it comes in', async () => {
  const labels = (name: string) =>
    JSON.stringify({ ...coco, images: [{ ...coco.images[0], file_name: name }] });
  const broken = '{"images": [{"id": 1, ';
  const [a, b] = await Promise.all([picture(41), picture(42)]);
  const drops: [files: Record<string, string | Buffer>, bad: string, labels: number][] = [
    [{ 'a.jpg': a, 'b.jpg': b, 'x.json': broken }, 'x.json', 0],
    [{ 'a.jpg': a, 'b.jpg': b, 'a.json': labels('a.jpg'), 'x.json': broken }, 'x.json', 1],
    [{ 'a.jpg': a, 'b.jpg': b, 'x.csv': 'file_name,x,y,w,h,category\na.jpg,1,1,"' }, 'x.csv:2', 0],
  ];
  for (const [files, bad, labelCount] of drops) {
    const { job, report, datasetId } = await importPath(filesIn(files));
    assert.equal(job.state, 'succeeded', JSON.stringify(job.error));
    assert.deepEqual(
      report.problems.map(({ file }) => file),
      [bad],
    );
    assert.equal(report.annotationsAdded, labelCount, bad);
    const { items } = await client.listImages({ params: { datasetId }, query: {} });
    assert.deepEqual(
      items.map(({ fileName, sha256 }) => [fileName, sha256 !== null]),
      [
        ['a.jpg', true],
        ['b.jpg', true],
      ],
    );
  }
  const asked = await importPath(filesIn({ 'a.jpg': a, 'x.json': broken }), { format: 'coco' });
  assert.equal(asked.job.state, 'failed', 'who asks for labels wants them');
  const unknown = await importPath(filesIn({ 'a.jpg': a, 'x.json': '{"what": 1}' }));
  assert.deepEqual(
    unknown.report.notes.map(({ feature, example }) => [feature, example]),
    [['files that are labels of no known format were passed over', 'x.json']],
  );
});

test('an import that brings nothing leaves no new dataset, and run again makes it after all', async () => {
  const root = filesIn({ 'labels.json': '{"images": [' });
  const { datasetId, job } = await importPath(root);
  assert.deepEqual([job.state, job.datasetId], ['failed', null]);
  const names = async () => (await client.listDatasets({ query: {} })).datasets.map(({ id }) => id);
  assert.ok(!(await names()).includes(datasetId));
  assert.deepEqual((await client.listDatasets({ query: { trash: 'only' } })).datasets, []);

  writeFileSync(join(root, 'labels.json'), JSON.stringify(coco));
  const again = await finished(await client.retryJob({ params: { jobId: job.id } }));
  assert.deepEqual([again.state, again.datasetId], ['succeeded', datasetId]);
  const { bytes } = await exported(datasetId);
  assert.deepEqual(JSON.parse(bytes.toString()), cocoInOrder);
});

test('pictures that cannot be read, and nothing else, leave no new dataset', async () => {
  const good = await noisyPicture();
  const damaged = {
    'text.jpg': 'hello',
    'huge.png': pngOfSize(50_000, 50_000),
    'trunc.jpg': good.subarray(0, good.length * 0.8),
  };
  for (const [name, content] of Object.entries(damaged)) {
    const { datasetId, job } = await importPath(filesIn({ [name]: content }));
    assert.deepEqual([job.state, job.datasetId], ['failed', null], name);
    assert.ok(job.error!.message.includes(`${name}: expected pictures or labels, found none`));
    await assert.rejects(client.getDataset({ params: { datasetId } }), {
      code: 'dataset-not-found',
    });
  }
  const { job } = await importPath(filesIn(damaged));
  assert.match(job.error!.message, /The log of the job tells of the other files/);
  const { lines } = await client.getJobLog({ params: { jobId: job.id }, query: {} });
  assert.equal(lines.filter(({ level }) => level === 'warning').length, 3);

  const { id } = await client.createDataset({ body: { name: 'there before' } });
  const into = await importPath(filesIn(damaged), {}, id);
  assert.deepEqual([into.job.state, into.report.problemCount], ['succeeded', 3]);
});

test('a failed import that is run again is refused where its name was given away meanwhile', async () => {
  const root = filesIn({ 'labels.json': '{"images": [' });
  const { job } = await importPath(root);
  const name = inEnglish(job.title).replace('Import into ', '');
  const { id } = await client.createDataset({ body: { name } });
  await assert.rejects(client.retryJob({ params: { jobId: job.id } }), { code: 'name-taken' });
  assert.equal((await client.getJob({ params: { jobId: job.id } })).state, 'failed');
  assert.equal((await client.getDataset({ params: { datasetId: id } })).imageCount, 0);
});

describe('a cancelled import', () => {
  /** Two batches, so that there is much left to do once the first one is in. */
  const pictureCount = 990;
  let root = '';
  before(async () => {
    const images = Array.from({ length: pictureCount }, (_, index) => {
      return { id: index + 1, file_name: `${index}.jpg`, width: 64, height: 48 };
    });
    const annotations = images.map(({ id }) => ({ ...coco.annotations[0], id, image_id: id }));
    const files: Record<string, Buffer | string> = {
      'labels.json': JSON.stringify({ ...coco, images, annotations }),
    };
    for (let index = 0; index < pictureCount; index++) {
      files[`${index}.jpg`] = await picture(index, 64, 48);
    }
    root = filesIn(files);
  });
  const start = (into: { newDataset: string } | { datasetId: number }) =>
    client.startImport({ body: { into, from: { path: root } } });
  const now = ({ id }: Job) => client.getJob({ params: { jobId: id } });
  const cancel = ({ id }: Job) => client.cancelJob({ params: { jobId: id } });
  /** The labels and the first of two batches of pictures have come in. */
  async function untilHalf(job: Job): Promise<void> {
    for (;;) {
      const { done, unit, state } = await now(job);
      assert.ok(state === 'queued' || state === 'running', 'too late');
      if (unit === 'pictures' && done > 500) return;
      await sleep(5);
    }
  }
  const isThere = async (datasetId: number) =>
    (await client.listDatasets({ query: {} })).datasets.some(({ id }) => id === datasetId);
  async function assertWhole(datasetId: number): Promise<void> {
    const query = { q: '-is:missing count:1' };
    assert.equal((await client.listImages({ params: { datasetId }, query })).total, pictureCount);
  }

  test('leaves no new dataset behind, whether it had begun or not, and run again makes it', async () => {
    const busy = await start({ newDataset: 'runs' });
    const waiting = await start({ newDataset: 'waits' });
    await cancel(waiting.job);
    await untilHalf(busy.job);
    await cancel(busy.job);
    const ended = await finished(busy.job);
    assert.deepEqual([ended.state, ended.message], ['cancelled', 'Nothing of it stays']);
    assert.equal(await isThere(waiting.datasetId), false);
    assert.equal(await isThere(busy.datasetId), false);
    assert.deepEqual((await client.listDatasets({ query: { trash: 'only' } })).datasets, []);

    const again = await finished(await client.retryJob({ params: { jobId: busy.job.id } }));
    assert.equal(again.state, 'succeeded', JSON.stringify(again.error));
    await assertWhole(busy.datasetId);
  });

  test('leaves a dataset as it was, even if it is killed while it tidies up', async () => {
    const { datasetId } = await importPath(filesIn({ 'labels.json': JSON.stringify(coco) }));
    const before = (await exported(datasetId)).bytes;
    const { job } = await start({ datasetId });
    await untilHalf(job);
    await cancel(job);
    process.kill(workbench.workerPids()[0], 'SIGKILL');
    assert.equal((await finished(job)).state, 'cancelled');
    assert.deepEqual((await exported(datasetId)).bytes, before);

    const again = await finished(await client.retryJob({ params: { jobId: job.id } }));
    assert.equal(again.state, 'succeeded', JSON.stringify(again.error));
    const report = again.result as ImportReport;
    assert.deepEqual(
      [report.imagesAdded, report.annotationsAdded, report.picturesCompleted],
      [pictureCount, pictureCount, pictureCount],
    );
  });

  test('keeps what somebody has built on, and says so', async () => {
    const { datasetId, job } = await start({ newDataset: 'built on' });
    await untilHalf(job);
    await client.applyBulk({
      params: { datasetId },
      body: {
        key: crypto.randomUUID(),
        selection: { imageIds: [1] },
        action: { type: 'setStatus', status: 'done' },
      },
    });
    await cancel(job);
    const ended = await finished(job);
    assert.equal(ended.state, 'cancelled');
    assert.equal(
      inEnglish(ended.message),
      `What came in stays (images: ${pictureCount}, labels: ${pictureCount}), because others have built on it`,
    );
    const count = async (q: string) =>
      (await client.listImages({ params: { datasetId }, query: { q } })).total;
    assert.equal(await count('status:done'), 1);
    assert.equal(await count('count:1'), pictureCount, 'all labels');
    assert.ok((await count('-is:missing')) >= 500, 'and the pictures that had come');
  });
});

test('the same picture twice is stored once, equal names in different folders are two pictures', async () => {
  const same = await picture(8);
  const root = filesIn({ 'day1/1.jpg': same, 'day2/1.jpg': await picture(9), 'day2/2.jpg': same });
  const { datasetId, report } = await importPath(root);
  assert.deepEqual([report.format, report.picturesAdded], ['images', 3]);
  const { items } = await client.listImages({ params: { datasetId }, query: {} });
  assert.deepEqual(
    items.map(({ fileName }) => fileName),
    ['day1/1.jpg', 'day2/1.jpg', 'day2/2.jpg'],
  );
  assert.equal(items[0].sha256, items[2].sha256);
  assert.notEqual(items[0].sha256, items[1].sha256);
});

test('an export of a version or of what matches holds just that', async () => {
  const root = filesIn({ 'labels.json': JSON.stringify(coco) });
  const { datasetId } = await importPath(join(root, 'labels.json'));
  await client.createVersion({ params: { datasetId }, body: { name: 'v1' } });
  await client.applyBulk({
    params: { datasetId },
    body: {
      key: crypto.randomUUID(),
      selection: { imageIds: [3] },
      action: { type: 'deleteImages' },
    },
  });
  const ids = async (more: object) =>
    JSON.parse((await exported(datasetId, more)).bytes.toString()).images.map(
      ({ id }: { id: number }) => id,
    );
  assert.deepEqual(await ids({}), [7]);
  assert.deepEqual(await ids({ version: 'v1' }), [3, 7]);
  assert.deepEqual(await ids({ query: 'name:b*' }), []);
  const [asked] = coco.images.filter(({ id }) => id === 3);
  const ofThen = { version: 'v1', query: `name:${asked.file_name}` };
  assert.deepEqual(await ids({ query: ofThen.query }), []);
  assert.deepEqual(await ids(ofThen), [3]);
  for (const format of exportFormats.filter((each) => each !== 'folder-per-class')) {
    const { job } = await exported(datasetId, { ...ofThen, format });
    assert.equal((job.result as { images: number }).images, 1, format);
  }
});

test('what matched in a version comes with its pictures and only the categories that were chosen', async () => {
  const [a, b] = await Promise.all([picture(61), picture(62)]);
  const second = { ...coco.annotations[0], id: 13, category_id: 3 };
  const labels = {
    ...coco,
    annotations: [...coco.annotations, second],
    categories: [...coco.categories, { id: 3, name: 'WBC' }],
  };
  const root = filesIn({ 'labels.json': JSON.stringify(labels), 'あ.jpg': a, 'b.jpg': b });
  const { datasetId } = await importPath(root);
  await client.createVersion({ params: { datasetId }, body: { name: 'v1' } });
  const all = { key: crypto.randomUUID(), selection: { imageIds: [7, 3] } };
  await client.applyBulk({
    params: { datasetId },
    body: { ...all, action: { type: 'deleteImages' } },
  });
  const of = {
    version: 'v1',
    query: 'category:WBC',
    categories: ['RBC'],
    withImages: true,
  };
  const { job, bytes } = await exported(datasetId, of);
  const files = await unzipped(bytes);
  assert.deepEqual([...files.keys()].toSorted(), ['annotations.json', 'images/あ.jpg']);
  assert.deepEqual(files.get('images/あ.jpg'), a);
  const { images, annotations, categories } = JSON.parse(files.get('annotations.json')!.toString());
  const ids = (records: { id: number }[]) => records.map(({ id }) => id);
  assert.deepEqual([ids(images), ids(annotations), ids(categories)], [[7], [12], [2]]);
  assert.equal((job.result as ExportReport).pictures, 1);
  const params = { datasetId, name: 'v1' };
  assert.deepEqual(await client.getVersionExtent({ params, query: { q: of.query } }), {
    imageCount: 1,
    annotationCount: 2,
    categories: ['RBC', 'WBC'],
  });
});

test('a killed worker is replaced, and its import ends complete and exact', async () => {
  const count = 120;
  const files: Record<string, Buffer | string> = {};
  const images = [];
  for (let index = 0; index < count; index++) {
    files[`images/${index}.jpg`] = await picture(index, 640, 480);
    images.push({ id: index + 1, file_name: `${index}.jpg`, width: 640, height: 480 });
  }
  const annotations = images.map(({ id }) => ({
    id,
    image_id: id,
    category_id: 1,
    bbox: [1, 2, 3, 4],
    area: 12,
    iscrowd: 0,
  }));
  const dataset = { images, annotations, categories: [{ id: 1, name: 'cell' }] };
  files['labels.json'] = JSON.stringify(dataset);
  const { datasetId, job } = await client.startImport({
    body: { into: { newDataset: 'killed' }, from: { path: filesIn(files) } },
  });
  for (;;) {
    const { done, unit, state } = await client.getJob({ params: { jobId: job.id } });
    assert.ok(state === 'queued' || state === 'running', 'killed too late');
    if (unit === 'pictures' && done > 5) break;
    await sleep(5);
  }
  const [pid] = workbench.workerPids();
  process.kill(pid, 'SIGKILL');
  const ended = await finished(job);
  assert.equal(ended.state, 'succeeded', JSON.stringify(ended.error));
  assert.equal(ended.attempt, 2);
  assert.notDeepEqual(workbench.workerPids(), [pid]);
  const report = ended.result as ImportReport;
  assert.deepEqual([report.imagesAdded, report.annotationsAdded], [count, count]);
  assert.equal(report.missingPictureCount, 0);
  const { bytes } = await exported(datasetId);
  assert.deepEqual(JSON.parse(bytes.toString()), dataset);
});
