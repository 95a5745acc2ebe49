// Writes `annotations.csv` with the header of `columns.ts`.

import type { CocoDataset } from '../../types.ts';
import { splitOf } from '../conventions.ts';
import type { OutputFile, WriteOptions, WriteResult } from '../format.ts';
import { LossList } from '../loss.ts';
import { decimalText } from '../numbers.ts';
import { objectOf } from '../text-file.ts';
import { reportUncarried } from '../uncarried.ts';
import {
  type WritableAnnotation,
  type WritablePicture,
  writablePictures,
} from '../writable-dataset.ts';
import { ownHeader } from './columns.ts';
import { tableLine } from './table.ts';

type Cells = Partial<Record<(typeof ownHeader)[number], string>>;

export function writeCsv(dataset: CocoDataset, options: WriteOptions = {}): WriteResult {
  const losses = new LossList();
  const pictures = writablePictures(dataset, losses, 'name');
  const carried = {
    imageFields: ['split'],
    annotationFields: ['score', 'attributes'],
    emptyPictures: true,
    captions: true,
  };
  reportUncarried(dataset, pictures, carried, losses);
  return {
    files: outputFiles(pictures, losses, options.withImages !== false),
    losses: losses.entries,
  };
}

function* outputFiles(
  pictures: readonly WritablePicture[],
  losses: LossList,
  withImages: boolean,
): Generator<OutputFile> {
  yield { path: 'annotations.csv', text: tableText(pictures, losses) };
  if (!withImages) return;
  for (const { fileName, image } of pictures) {
    yield { path: `images/${fileName}`, imageFileName: image.file_name };
  }
}

function* tableText(pictures: readonly WritablePicture[], losses: LossList): Generator<string> {
  yield tableLine(ownHeader);
  for (const picture of pictures) {
    const { image, fileName } = picture;
    const pictureCells: Cells = {
      file_name: fileName,
      width: String(image.width),
      height: String(image.height),
      split: splitOf(image),
    };
    const rows = [
      ...picture.annotations.map((entry) => annotationCells(entry, losses)),
      ...captionRows(picture, losses),
    ];
    if (rows.length === 0) rows.push({});
    for (const row of rows) {
      const cells = { ...pictureCells, ...row };
      yield tableLine(ownHeader.map((name) => cells[name] ?? ''));
    }
  }
}

function annotationCells(
  { annotation, category, where }: WritableAnnotation,
  losses: LossList,
): Cells {
  const { bbox, area, iscrowd, score, segmentation, keypoints } = annotation;
  const attributes = objectOf(annotation.attributes);
  if (attributes !== annotation.attributes) losses.add('attributes', where);
  const [x, y, w, h] = bbox?.map((value) => decimalText(value)) ?? [];
  // Left empty, the reader fills them in; `NaN` or `[1]` in a cell would cost the whole row.
  const isArea = typeof area === 'number' && Number.isFinite(area);
  const isCrowd = iscrowd === 0 || iscrowd === 1;
  if (area !== undefined && !isArea) losses.add('areas', where);
  if (iscrowd !== undefined && !isCrowd) losses.add('crowds', where);
  // An empty cell is no category at all.
  if (category.name === '') losses.add('category-names', where);
  return {
    category: category.name || '_',
    ...(bbox !== undefined && { x, y, w, h }),
    ...(isArea && { area: decimalText(area) }),
    ...(isCrowd && { iscrowd: String(iscrowd) }),
    ...(score !== undefined && { score: decimalText(score) }),
    ...(segmentation !== undefined && { segmentation: JSON.stringify(segmentation) }),
    ...(keypoints !== undefined && { keypoints: JSON.stringify(keypoints) }),
    ...(attributes !== undefined && { attributes: JSON.stringify(attributes) }),
  };
}

function captionRows({ captions, where }: WritablePicture, losses: LossList): Cells[] {
  const rows = captions.filter((caption) => caption !== '').map((caption) => ({ caption }));
  if (rows.length < captions.length) losses.add('captions', where);
  return rows;
}
