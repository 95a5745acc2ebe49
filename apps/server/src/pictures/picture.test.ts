import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { crc32, createDeflate } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { damaged, inspectPicture, shrinkPicture } from './picture.ts';

/** Left half red, right half blue. */
const halves = (width = 80, height = 40): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } }).composite([
    {
      input: { create: { width: width / 2, height, channels: 3, background: '#0000ff' } },
      left: width / 2,
      top: 0,
    },
  ]);

async function pixelAt(picture: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + 3)];
}

const isReddish = ([r, , b]: number[]) => r > 200 && b < 60;
const isBluish = ([r, , b]: number[]) => b > 200 && r < 60;

const formats: Record<string, () => Promise<Buffer>> = {
  'image/jpeg': () => halves().jpeg({ quality: 100 }).toBuffer(),
  'image/png': () => halves().png().toBuffer(),
  'image/webp': () => halves().webp({ lossless: true }).toBuffer(),
  'image/avif': () => halves().avif({ quality: 90 }).toBuffer(),
  'image/tiff': () => halves().tiff().toBuffer(),
  'image/gif': () => halves().gif().toBuffer(),
};

for (const [mediaType, make] of Object.entries(formats)) {
  test(`reads ${mediaType} and makes a thumbnail with the same halves`, async () => {
    const picture = await make();
    assert.deepEqual(await inspectPicture(picture), {
      width: 80,
      height: 40,
      mediaType,
      capturedAt: null,
      metadata: {},
    });
    const thumbnail = await shrinkPicture(picture, 20);
    const small = await inspectPicture(thumbnail);
    assert.deepEqual([small.width, small.height, small.mediaType], [20, 10, 'image/webp']);
    assert.ok(isReddish(await pixelAt(thumbnail, 3, 5)));
    assert.ok(isBluish(await pixelAt(thumbnail, 16, 5)));
  });
}

test('16 bits, CMYK and grey become ordinary thumbnails', async () => {
  const deep = await halves().toColourspace('rgb16').png().toBuffer();
  assert.ok(isReddish(await pixelAt(await shrinkPicture(deep, 20), 3, 5)));
  const cmyk = await halves().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
  const [r, , b] = await pixelAt(await shrinkPicture(cmyk, 20), 3, 5);
  assert.ok(r > b + 100);
  const grey = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
    .greyscale()
    .png()
    .toBuffer();
  const [red, green, blue] = await pixelAt(await shrinkPicture(grey, 8), 3, 3);
  assert.ok(Math.abs(red - 128) < 12 && red === green && green === blue);
});

test('the EXIF orientation counts: size and thumbnail are as the picture is shown', async () => {
  // Orientation 6: to be turned by 90° clockwise, so that the red left half comes to lie on top.
  const turned = await halves().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
  const { width, height } = await inspectPicture(turned);
  assert.deepEqual([width, height], [40, 80]);
  const thumbnail = await shrinkPicture(turned, 20);
  assert.ok(isReddish(await pixelAt(thumbnail, 5, 3)));
  assert.ok(isBluish(await pixelAt(thumbnail, 5, 16)));
});

test('a small picture is not enlarged', async () => {
  const thumbnail = await shrinkPicture(await formats['image/png'](), 500);
  assert.deepEqual((await inspectPicture(thumbnail)).width, 80);
});

test('text that is named like a picture, an SVG and nothing at all are no pictures', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  for (const bytes of [Buffer.from('hello'), svg, Buffer.alloc(0)]) {
    await assert.rejects(inspectPicture(bytes), { name: 'PictureError', code: 'not-a-picture' });
  }
});

test('a picture that claims 50,000 × 50,000 pixels is refused by its header', async () => {
  const bomb = await formats['image/png']();
  bomb.writeUInt32BE(50_000, 16);
  bomb.writeUInt32BE(50_000, 20);
  // The header's own checksum has to fit, or the file would be refused as damaged.
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  await assert.rejects(inspectPicture(bomb), /at most 450,000,000 pixels, found 50000 × 50000/);
});

test('a real PNG of 50,000 × 50,000 pixels, small as a file, is refused as well', async () => {
  const side = 50_000;
  const rowBytes = 1 + side / 8; // the filter, then a bit for each pixel
  const rows = Readable.from(
    (function* () {
      for (let row = 0; row < side; row += 1000) yield Buffer.alloc(1000 * rowBytes);
    })(),
  );
  const data = await buffer(rows.pipe(createDeflate({ level: 1 })));
  const chunk = (type: string, content: Buffer): Buffer => {
    const framed = Buffer.alloc(12 + content.length);
    framed.writeUInt32BE(content.length, 0);
    framed.write(type, 4, 'latin1');
    content.copy(framed, 8);
    framed.writeUInt32BE(crc32(framed.subarray(4, 8 + content.length)), 8 + content.length);
    return framed;
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]); // 1 bit, grey
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  const picture = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  assert.ok(picture.length < 3 << 20);
  await assert.rejects(inspectPicture(picture), /at most 450,000,000 pixels, found 50000 × 50000/);
  await assert.rejects(shrinkPicture(picture, 256), /pixel limit/);
});

test('a picture cut off in the middle has a size but no thumbnail', async () => {
  const whole = await sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: '#123456',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer();
  const cut = whole.subarray(0, whole.length / 2);
  assert.equal((await inspectPicture(cut)).width, 400);
  await assert.rejects(shrinkPicture(cut, 100), { name: 'PictureError', code: 'damaged-picture' });
});

test('what is wrong with a picture is told of it alone, whatever else is decoded at the same time', async () => {
  const [width, height] = [320, 240];
  let noise = 1;
  const pixels = Buffer.from(
    Array.from({ length: width * height * 3 }, () => {
      noise = (noise * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return noise / 2 ** 24;
    }),
  );
  const whole = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
  const holed = Buffer.from(whole);
  for (let i = 0; i < 4000; i++) holed[(whole.length >> 1) + i] = (i * 151 + 13) % 256;
  const table = whole.indexOf(Buffer.from([0xff, 0xdb]));
  const harmless = Buffer.concat([
    whole.subarray(0, table),
    Buffer.from('xyz'),
    whole.subarray(table),
  ]);
  const sources = Array.from({ length: 120 }, (_, i) => [holed, harmless, whole][i % 3]);
  const told = await Promise.all(
    sources.map(async (source) => {
      let damage: string | null = null;
      await shrinkPicture(source, 64, (reason) => {
        damage = reason;
      });
      return damage;
    }),
  );
  assert.deepEqual(
    told,
    sources.map((source) => (source === holed ? 'premature end of data segment' : null)),
  );
});

test('where libvips says nothing of a damaged picture, nothing is made of that', () => {
  assert.equal(
    damaged(new Error('Unknown error')).message,
    'expected a whole picture, found a damaged one.',
  );
  assert.match(damaged(new Error('libpng read error')).message, /one \(libpng read error\)\.$/);
});
