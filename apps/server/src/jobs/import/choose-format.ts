// Which format the files are of, where the person did not say.

import { formatByName, formats, phrase, recogniseFormat } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import type { SourceFiles } from '../../sources/source-files.ts';
import { hasClassFoldersNote } from '../class-folders-note.ts';

/** Enough to see with what a JSON file begins. */
const headBytes = 64 * 1024;

export const isPicturePath = (path: string): boolean =>
  /\.(jpe?g|png|webp|avif|tiff?|gif)$/i.test(path);

/** Pictures of kinds that are not read. Whoever has them takes them for pictures, and should hear that they stay behind. */
export const isPictureOfOtherKind = (path: string): boolean =>
  /\.(svgz?|bmp|hei[cf]|jp2|j2k|jxl|ico|tga|p[bgnp]m|exr|hdr|psd|dng|cr[23]|nef|arw|orf|rw2|raf|dcm|fits?)$/i.test(
    path,
  );

export interface ChosenFormat {
  /** `images` where only the pictures are to be imported. */
  name: string;
  /** Formats whose labels are there as well, and are not imported. */
  passedOver: string[];
  /** Folders of pictures that might be classes, and are taken for folders. */
  folders: string[];
}

/**
 * COCO goes before others: where the same labels come in several formats, it says the most.
 *
 * @param wanted what the person said
 * @throws StoreError `bad-import` for a format that cannot be read, and where nothing can be imported; CocoError where
 *   the files are of several formats and none is COCO
 */
export async function chooseFormat(files: SourceFiles, wanted: string): Promise<ChosenFormat> {
  const only = (name: string): ChosenFormat => ({ name, passedOver: [], folders: [] });
  if (wanted === 'video') return only('images'); // its frames, by now
  if (wanted !== 'auto') {
    if (wanted === 'images' || Object.hasOwn(formatByName, wanted)) return only(wanted);
    throw new StoreError('bad-import', {
      expected: phrase`one of the formats images, ${formats.map(({ name }) => name).join(', ')}`,
      found: wanted,
    });
  }
  // A file of results has neither pictures nor categories, and is COCO all the same.
  const isCoco = (await cocoFiles(files)).length > 0;
  const heads = treeOfHeads(files);
  if (isCoco) {
    const others = await recognisedBy(heads, (name) => !/^(coco|folder-per-class)$/.test(name));
    return { name: 'coco', passedOver: others, folders: [] };
  }
  const recognised = await recogniseFormat(heads);
  const isPlain =
    recognised?.name === 'folder-per-class' &&
    !hasClassesInSplits(files) &&
    !hasClassFoldersNote(files.paths);
  if (recognised !== null && !isPlain) return only(recognised.name);
  const pictures = files.paths.filter(isPicturePath);
  if (pictures.length > 0)
    return { ...only('images'), folders: isPlain ? possibleClasses(files, pictures) : [] };
  throw new StoreError('bad-import', {
    where: files.paths[0],
    expected: phrase`pictures or labels`,
    found:
      files.paths.length === 0
        ? phrase`no files`
        : phrase`${files.paths.length} files of other kinds`,
    advice: phrase`If these are labels, say of which format they are.`,
  });
}

async function recognisedBy(
  tree: SourceFiles,
  isWanted: (name: string) => boolean,
): Promise<string[]> {
  const titles: string[] = [];
  for (const { name, title, recognises } of formats) {
    if (isWanted(name) && (await recognises(tree))) titles.push(title);
  }
  return titles;
}

/** The COCO files of a tree, results included, told by how they begin. */
export async function cocoFiles(files: SourceFiles): Promise<string[]> {
  const found: string[] = [];
  for (const path of files.paths) {
    if (!/\.json$/i.test(path)) continue;
    const head = (await readHead(files, path)).toString('utf8');
    const isDataset =
      /^\s*\uFEFF?\s*\{/.test(head) && /"(images|annotations|categories)"\s*:/.test(head);
    const isResults = /^\s*\[\s*\{[^{}]*"image_id"\s*:/.test(head);
    if (isDataset || isResults) found.push(path);
  }
  return found;
}

/** Pictures in folders are most often just that; `train/cat/1.jpg` says that the folders are classes. */
function hasClassesInSplits({ paths }: SourceFiles): boolean {
  return paths.some((path) => /(^|\/)(train|val|valid|validation|test)\/[^/]+\/[^/]+$/i.test(path));
}

/** One folder alone tells nothing apart, nor do those in which the frames of videos lie. */
function possibleClasses(files: SourceFiles, pictures: readonly string[]): string[] {
  const own = pictures.filter((path) => files.file(path).source?.video === undefined);
  const folders = [...new Set(own.map((path) => path.split('/').at(-2) ?? ''))];
  return folders.length > 1 ? folders : [];
}

/** A tree whose large label files end early: to recognise a format their beginning is enough. */
function treeOfHeads(files: SourceFiles): SourceFiles {
  return {
    ...files,
    read: (path) =>
      /\.(json|xml|csv|tsv)$/i.test(path) && files.file(path).byteSize > headBytes * 16
        ? readHead(files, path)
        : files.read(path),
  };
}

async function readHead(files: SourceFiles, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await files.file(path).open()) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= headBytes) break;
  }
  return Buffer.concat(chunks);
}
