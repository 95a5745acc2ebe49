import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import { readExif } from './exif.ts';
import { inspectPicture } from './picture.ts';

/** A picture with tags that libvips wrote, so that what is read here was not made by us. */
async function pictureWith(
  tags: { image?: Record<string, string>; photo?: Record<string, string> },
  format: 'jpeg' | 'png' | 'webp' = 'jpeg',
): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 6, channels: 3, background: 'red' } })
    .withExif({ IFD0: tags.image ?? {}, IFD2: tags.photo ?? {} })
    .toFormat(format)
    .toBuffer();
}

for (const format of ['jpeg', 'png', 'webp'] as const) {
  test(`the time, its offset from UTC and the camera are read from a ${format}`, async () => {
    const picture = await pictureWith(
      {
        image: { Make: 'Canon', Model: 'Canon EOS R5' },
        photo: {
          DateTimeOriginal: '2024:05:31 17:15:02',
          OffsetTimeOriginal: '+09:00',
          SubSecTimeOriginal: '25',
          ExposureTime: '1/200',
          FNumber: '28/10',
          ISOSpeedRatings: '400',
          FocalLength: '35/1',
          LensModel: 'RF35mm F1.8',
        },
      },
      format,
    );
    const { capturedAt, metadata } = await inspectPicture(picture);
    assert.equal(capturedAt?.toISOString(), '2024-05-31T08:15:02.250Z');
    assert.deepEqual(metadata, {
      camera: 'Canon EOS R5',
      lens: 'RF35mm F1.8',
      exposureSeconds: 0.005,
      fNumber: 2.8,
      iso: 400,
      focalLengthMillimetres: 35,
      utcOffset: '+09:00',
    });
  });
}

test('without an offset the clock of the camera is taken for UTC', async () => {
  const picture = await pictureWith({ photo: { DateTimeOriginal: '2024:05:31 17:15:02' } });
  const { capturedAt, metadata } = await inspectPicture(picture);
  assert.equal(capturedAt?.toISOString(), '2024-05-31T17:15:02.000Z');
  assert.deepEqual(metadata, {});
});

test('a clock that was never set is no time, and a maker goes before its model', async () => {
  const picture = await pictureWith({
    image: { Make: 'OLYMPUS', Model: 'E-M1' },
    photo: { DateTimeOriginal: '0000:00:00 00:00:00', OffsetTimeOriginal: '   :  ' },
  });
  const { capturedAt, metadata } = await inspectPicture(picture);
  assert.deepEqual([capturedAt, metadata], [null, { camera: 'OLYMPUS E-M1' }]);
});

test('where a picture was taken is not read', async () => {
  const picture = await sharp({
    create: { width: 8, height: 6, channels: 3, background: 'red' },
  })
    .withExif({ IFD0: { Model: 'X' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 40/1 0/1' } })
    .jpeg()
    .toBuffer();
  assert.deepEqual((await inspectPicture(picture)).metadata, { camera: 'X' });
});

test('damaged tags never break the picture that has them', async () => {
  const { exif } = await sharp(
    await pictureWith({
      image: { Make: 'Canon' },
      photo: { DateTimeOriginal: '2024:05:31 17:15:02', ExposureTime: '1/200' },
    }),
  ).metadata();
  const damage = fc.array(fc.tuple(fc.nat(exif!.length - 1), fc.integer({ min: 0, max: 255 })));
  fc.assert(
    fc.property(damage, fc.nat(exif!.length), (changes, length) => {
      const bytes = Buffer.from(exif!);
      for (const [at, value] of changes) bytes[at] = value;
      const { capturedAt, metadata } = readExif(bytes.subarray(0, length));
      assert.ok(capturedAt === null || !Number.isNaN(capturedAt.getTime()));
      assert.doesNotThrow(() => JSON.stringify(metadata));
    }),
    { numRuns: 2_000 },
  );
  fc.assert(fc.property(fc.uint8Array(), (bytes) => readExif(bytes) !== undefined));
});
