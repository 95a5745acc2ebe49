// COCO itself among the formats, so that a conversion from or to it goes the way of all others. One file comes
// through unchanged. Several (`instances_train.json`, `instances_val.json`, `captions_train.json`) become
// one dataset: files of the same split describe the same pictures, the split is kept in `image.split`.

import { CocoError } from '../coco-error.ts';
import { readCoco } from '../file/read-coco.ts';
import { writeCoco } from '../file/write-coco.ts';
import { faultPhrase, phrase } from '../phrase.ts';
import type {
  CaptionAnnotation,
  CocoAnnotation,
  CocoCategory,
  CocoDataset,
  CocoImage,
  PanopticAnnotation,
} from '../types.ts';
import { captionsOf } from './conventions.ts';
import type { AnnotationFormat, OutputFile, SourceTree } from './format.ts';
import { LossList } from './loss.ts';
import { type CocoPart, mergedParts } from './merge-coco.ts';
import { PictureIndex } from './picture-index.ts';
import {
  baseNameOf,
  extensionOf,
  folderOf,
  isSafePath,
  joinPath,
  safePictureName,
} from './safe-path.ts';
import { badInput, firstPaths, objectOf, shown, startOfText } from './text-file.ts';

export const coco: AnnotationFormat = {
  name: 'coco',
  title: 'COCO',

  async recognises(tree) {
    for (const path of firstPaths(tree, 'json')) {
      const start = await startOfText(tree, path);
      if (/^\s*\{/.test(start) && /"(?:images|annotations)"\s*:\s*\[\s*[{\]]/.test(start))
        return true;
    }
    return false;
  },

  async read(tree) {
    const losses = new LossList();
    const parts: CocoPart[] = [];
    let firstFault: CocoError | undefined;
    for (const path of tree.paths) {
      if (extensionOf(path) !== 'json') continue;
      try {
        parts.push(await readPart(tree, path, losses));
      } catch (error) {
        if (!(error instanceof CocoError)) throw error;
        firstFault ??= error;
        losses.add('unusable-records', faultPhrase(error.details));
      }
    }
    if (parts.length === 0) {
      throw firstFault ?? badInput(phrase`the files`, phrase`a COCO file (.json)`, phrase`none`);
    }
    const dataset = parts.length === 1 ? parts[0].dataset : mergedParts(parts, losses);
    return { dataset, imagePaths: imagePathsOf(tree, dataset, parts), losses: losses.entries };
  },

  write(dataset, options) {
    const pictures = dataset.images.map(({ file_name }, index) => ({
      path: `images/${safePictureName(file_name, `images[${index}]`)}`,
      imageFileName: file_name,
    }));
    return {
      files: outputFiles(dataset, options?.withImages === false ? [] : pictures),
      losses: [],
    };
  },
};

/** @throws CocoError naming the file, for what is no COCO dataset. */
async function readPart(tree: SourceTree, path: string, losses: LossList): Promise<CocoPart> {
  let file: Awaited<ReturnType<typeof readCoco>>;
  try {
    file = await readCoco(await tree.read(path));
  } catch (error) {
    if (!(error instanceof CocoError)) throw error;
    const where = error.details.where === undefined ? path : `${path}, ${error.details.where}`;
    throw new CocoError(error.code, { ...error.details, where });
  }
  for (const { kind, path: place, text } of file.oddities) {
    if (kind === 'duplicate-key')
      losses.add('unusable-records', phrase`${path} ${place}: two keys ${text}`);
  }
  if (file.kind === 'results') {
    throw badInput(
      path,
      phrase`a dataset with pictures`,
      phrase`a results file`,
      phrase`Convert the ground truth.`,
    );
  }
  const { annotations, ...sections } = file.dataset;
  const keep = <T>(section: string, records: unknown, isSound: (record: T) => boolean): T[] =>
    (Array.isArray(records) ? records : []).filter((record, index) => {
      if (objectOf(record) !== undefined && isSound(record)) return true;
      losses.add('unusable-records', `${path} ${section}[${index}]: ${shown(record)}`);
      return false;
    });
  const isId = (id: unknown) => Number.isSafeInteger(id);
  const isOnPicture = (record: { image_id: unknown }) => isId(record.image_id);

  const dataset: CocoDataset = {
    ...sections,
    images: keep<CocoImage>('images', sections.images, (record) => {
      return (
        isId(record.id) && typeof record.file_name === 'string' && isSafePath(record.file_name)
      );
    }),
    annotations: [],
    categories: keep<CocoCategory>('categories', sections.categories, (record) => {
      return isId(record.id) && typeof record.name === 'string';
    }),
  };
  if (file.kind === 'captions') {
    dataset.captions = keep<CaptionAnnotation>('annotations', annotations, (record) => {
      return isOnPicture(record) && typeof record.caption === 'string';
    });
  } else if (file.kind === 'panoptic') {
    const pictures = keep<PanopticAnnotation>('annotations', annotations, isOnPicture);
    dataset.annotations = boxesOfSegments(path, pictures, losses);
  } else {
    dataset.annotations = keep<CocoAnnotation>('annotations', annotations, isOnPicture);
  }
  return { path, split: splitOfPath(path), dataset };
}

/** The masks of a panoptic file are in PNG files of their own, which are not opened here. */
function boxesOfSegments(
  path: string,
  pictures: PanopticAnnotation[],
  losses: LossList,
): CocoAnnotation[] {
  const annotations: CocoAnnotation[] = [];
  pictures.forEach(({ image_id, segments_info }, index) => {
    for (const segment of Array.isArray(segments_info) ? segments_info : []) {
      losses.add('masks', `${path} annotations[${index}]`);
      annotations.push({ ...segment, id: annotations.length + 1, image_id });
    }
  });
  return annotations;
}

/** `annotations/instances_train2017.json` → `train2017`, `valid/_annotations.coco.json` → `valid`. */
export function splitOfPath(path: string): string | undefined {
  const stem = baseNameOf(path).replace(/(?:\.coco)?\.json$/i, '');
  const rest = stem.replace(
    /^(?:instances|person_keypoints|keypoints|captions|panoptic)(?:_|$)/i,
    '',
  );
  if (!/^_?annotations?$/i.test(rest) && rest !== '') return rest;
  const folder = baseNameOf(folderOf(path));
  return folder === '' || /^annotations?$/i.test(folder) ? undefined : folder;
}

/** Looks where COCO, Roboflow and this package put pictures: beside the file, in `images/`, in the split's folder. */
function imagePathsOf(
  tree: SourceTree,
  dataset: CocoDataset,
  parts: readonly CocoPart[],
): Map<string, string> {
  const pictures = new PictureIndex(tree);
  const folders = new Map<string | undefined, string[]>();
  for (const { path, split } of parts) {
    const own = folderOf(path);
    const parent = folderOf(own);
    const around = [own, joinPath(own, 'images'), parent, joinPath(parent, 'images')];
    const ofSplit = split === undefined ? [] : around.map((folder) => joinPath(folder, split));
    folders.set(split, [...(folders.get(split) ?? []), ...ofSplit, ...around]);
  }
  const anywhere = [...new Set([...folders.values()].flat())];
  const paths = new Map<string, string>();
  for (const image of dataset.images) {
    const path = pictures.find(
      image.file_name,
      ...(folders.get(image.split as string) ?? anywhere),
    );
    if (path !== undefined) paths.set(image.file_name, path);
  }
  return paths;
}

function* outputFiles(dataset: CocoDataset, pictures: OutputFile[]): Generator<OutputFile> {
  const { captions: _, ...instances } = dataset;
  yield { path: 'annotations.json', text: writeCoco(instances) };
  const captions = captionsOf(dataset);
  if (captions.length > 0) {
    const text = writeCoco({ images: dataset.images, annotations: captions });
    yield { path: 'captions.json', text };
  }
  yield* pictures;
}
