// Reads the Ultralytics layout: data.yaml, pictures, label files.

import { phrase } from '../../phrase.ts';
import type { CocoCategory } from '../../types.ts';
import { DatasetBuilder } from '../dataset-builder.ts';
import { folderPerClass } from '../folder-per-class.ts';
import type { ReadPart, ReadResult, SourceTree } from '../format.ts';
import { sizeOfPicture } from '../picture-index.ts';
import { baseNameOf, extensionOf, folderOf } from '../safe-path.ts';
import type { PictureOfSplit } from '../split-file-names.ts';
import { badInput, readText } from '../text-file.ts';
import { type DataYaml, looksLikeDataYaml, parseDataYaml } from './data-yaml.ts';
import { parseLabelLine } from './label-line.ts';
import { YoloLayout } from './layout.ts';

/**
 * A picture without a label file, or with an empty one, is a picture without annotations; the first is reported, since
 * its labels may as well be missing. Where no picture has a label file, the labels are elsewhere.
 */
export async function* readYolo(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult> {
  const layout = new YoloLayout(tree);
  const builder = new DatasetBuilder();
  const fault = (error: Error) => {
    builder.attempt(() => {
      throw error;
    });
  };
  const yaml = await findDataYaml(tree);
  const names = yaml === undefined ? await classesOfList(tree) : yaml.data.names;
  if (names === undefined) {
    const hasLabels = tree.paths.some((path) => extensionOf(path) === 'txt');
    const hasClasses = layout.pictures.paths.some((path) => folderOf(path) !== '');
    if (!hasLabels && hasClasses) return yield* folderPerClass.readParts!(tree);
    throw badInput(
      phrase`the files`,
      phrase`data.yaml or classes.txt with the names of the classes`,
      phrase`neither`,
    );
  }
  const data = yaml?.data ?? { names, splits: new Map() };
  const pictures = await layout.picturesOfSplits(data, folderOf(yaml?.path ?? ''), fault);

  const categories = addCategories(builder, data);
  const labelPaths = new Set<string>();
  for (const picture of pictures) {
    const labelPath = layout.labelPath(picture);
    if (labelPath === undefined) builder.losses.add('unlabelled-pictures', picture.path);
    else labelPaths.add(labelPath);
    await builder.attemptAsync(() => {
      return readPicture(tree, builder, picture, labelPath, data, categories);
    });
    yield* builder.parts();
  }
  if (pictures.length > 0 && labelPaths.size === 0) {
    throw badInput(
      'labels/',
      phrase`a label file (.txt) for some of the pictures`,
      phrase`none for ${pictures.length}`,
      phrase`Put labels/ beside images/; a picture without objects can have an empty file there.`,
    );
  }
  for (const path of tree.paths) {
    const isLabels = extensionOf(path) === 'txt' && /(?:^|\/)labels\//.test(path);
    if (!isLabels || labelPaths.has(path) || isListOfNames(path)) continue;
    fault(badInput(path, phrase`a picture of a split to these labels`, phrase`none`));
  }
  return builder.finish();
}

/** The one YAML file with class names. @throws CocoError where there are several or it cannot be read. */
async function findDataYaml(
  tree: SourceTree,
): Promise<{ path: string; data: DataYaml } | undefined> {
  const texts = new Map<string, string>();
  for (const path of tree.paths) {
    if (!/\.ya?ml$/i.test(path)) continue;
    const text = await readText(tree, path);
    if (looksLikeDataYaml(text)) texts.set(path, text);
  }
  const paths = [...texts.keys()];
  const named = paths.filter((path) => /^data(?:set)?\.ya?ml$/i.test(baseNameOf(path)));
  const candidates = named.length > 0 ? named : paths;
  if (candidates.length > 1) {
    const advice = phrase`Convert one dataset at a time.`;
    throw badInput(
      phrase`the files`,
      phrase`one data.yaml`,
      candidates.slice(0, 5).join(', '),
      advice,
    );
  }
  const [path] = candidates;
  return path === undefined ? undefined : { path, data: parseDataYaml(texts.get(path)!, path) };
}

/** labelImg, darknet and Label Studio put one class name a line instead. */
async function classesOfList(tree: SourceTree): Promise<string[] | undefined> {
  const path = tree.paths.find(isListOfNames);
  if (path === undefined) return undefined;
  const lines = (await readText(tree, path)).split(/\r\n|\r|\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

export function isListOfNames(path: string): boolean {
  return /(?:^|\/)(?:classes\.txt|obj\.names)$/i.test(path);
}

/** The categories by class index. Two classes of one name stay two. */
function addCategories(builder: DatasetBuilder, data: DataYaml): CocoCategory[] {
  return data.names.map((name, index) => {
    let unique = name;
    for (let n = 2; builder.categories.has(unique); n++) unique = `${name} (${n})`;
    if (unique !== name) builder.losses.add('category-names', phrase`data.yaml names ${index}`);
    const category = builder.categories.named(unique);
    if (data.keypointShape !== undefined) {
      const { count } = data.keypointShape;
      const names =
        data.keypointNames === undefined
          ? Array.from({ length: count }, (_, i) => `keypoint_${i + 1}`)
          : data.keypointNames.get(index)?.slice(0, count);
      if (names !== undefined && names.length > 0) category.keypoints = names;
    }
    if (data.flipIndex !== undefined) category.flip_idx = data.flipIndex;
    return category;
  });
}

async function readPicture(
  tree: SourceTree,
  builder: DatasetBuilder,
  { path, split, fileName }: PictureOfSplit,
  labelPath: string | undefined,
  { keypointShape }: DataYaml,
  categories: readonly CocoCategory[],
): Promise<void> {
  const size = await sizeOfPicture(tree, path);
  const image = builder.addImage(
    { file_name: fileName, ...size, ...(split !== undefined && { split }) },
    path,
  );
  if (labelPath === undefined) return;
  const lines = (await readText(tree, labelPath)).split(/\r\n|\r|\n/);
  lines.forEach((text, index) => {
    if (text.trim() === '') return;
    builder.attempt(() => {
      const where = `${labelPath}:${index + 1}`;
      const line = parseLabelLine(text, where, size, categories.length, keypointShape);
      const category = categories[line.classIndex];
      const { keypoints, ...shape } = line.shape;
      const own = ownKeypoints(keypoints, category);
      builder.addAnnotation(image, {
        category_id: category.id,
        ...shape,
        ...(own !== undefined && { keypoints: own }),
      });
    });
  });
}

/**
 * All lines of a dataset have as many keypoints as the class with the most. A class with fewer, or none, has
 * unlabelled ones in the places that are left.
 */
function ownKeypoints(
  keypoints: number[] | undefined,
  category: CocoCategory,
): number[] | undefined {
  if (keypoints === undefined) return undefined;
  const count = category.keypoints?.length ?? 0;
  if (keypoints.slice(3 * count).some((value) => value !== 0)) return keypoints;
  return count === 0 ? undefined : keypoints.slice(0, 3 * count);
}
