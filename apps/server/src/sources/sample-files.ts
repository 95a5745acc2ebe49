// The sample as files, as if they had been found on a disk. Each is made when it is read, so that nothing of it needs to be
// kept.

import { Readable } from 'node:stream';
import { writeCoco } from '@migaki/coco';
import { drawnCells, drawnPicture } from '@migaki/train/drawn';
import { type SourceFile, type SourceFiles, sourceFilesOf } from './source-files.ts';

const pictureCount = 48;

export function sampleFiles(): SourceFiles {
  const cells = drawnCells(pictureCount);
  const labels = async () =>
    Buffer.from((await Array.fromAsync(writeCoco(cells.dataset))).join(''));
  return sourceFilesOf(
    new Map([
      ['annotations.json', fileOf(labels)],
      ...cells.dataset.images.map(
        ({ file_name }, index) =>
          [`images/${file_name}`, fileOf(() => drawnPicture(cells, index))] as const,
      ),
    ]),
  );
}

function fileOf(make: () => Promise<Buffer>): SourceFile {
  return { byteSize: 0, location: null, open: async () => Readable.from([await make()]) };
}
