// Opens what holds results of a model: one list of them, with or without the label file that they speak of, or one whole COCO
// file whose annotations have scores. Each is told by the character with which it begins.

import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { phrase } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { openServerFiles, openUpload } from '../../sources/open-source.ts';
import { isZip, type SourceFile, type SourceFiles } from '../../sources/source-files.ts';

/** A path has been checked against the folders that may be read. */
export type ResultsSource = { uploadId: string } | { path: string; labelsPath?: string };

export interface NamedFile {
  /** As its owner calls it. */
  path: string;
  byteSize: number;
  open(): Promise<Readable>;
}

export interface OpenResults {
  results: NamedFile;
  /** That says which ids are which pictures and categories; null where the results, or the dataset, say that themselves. */
  labels: NamedFile | null;
  close(): void;
}

/** @throws StoreError `bad-preannotation` where it is not clear which file has the results */
export async function openResults(
  uploadsFolder: string,
  source: ResultsSource,
): Promise<OpenResults> {
  const opened: SourceFiles[] = [];
  const close = () => {
    for (const files of opened) files.close();
  };
  try {
    if ('uploadId' in source) opened.push(await openUpload(join(uploadsFolder, source.uploadId)));
    else {
      opened.push(await openServerFiles(source.path));
      if (source.labelsPath !== undefined) opened.push(await openServerFiles(source.labelsPath));
    }
    for (const files of opened) refuseWithZip(files);
    return { ...(await chosen(opened.flatMap(jsonFiles))), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** It may have held the labels by whose ids the results are meant. */
function refuseWithZip({ refused }: SourceFiles): void {
  const zip = refused.find(({ file }) => typeof file === 'string' && isZip(file));
  if (zip !== undefined) throw new StoreError('bad-import', { where: zip.file, ...zip.fault });
}

/** A file alone may be called as it likes. */
function jsonFiles({ paths, file }: SourceFiles): NamedFile[] {
  const named = paths.length === 1 ? paths : paths.filter((path) => /\.json$/i.test(path));
  return named.map((path) => ({ ...(file(path) satisfies SourceFile), path }));
}

async function chosen(files: readonly NamedFile[]): Promise<Omit<OpenResults, 'close'>> {
  const lists: NamedFile[] = [];
  const others: NamedFile[] = [];
  for (const file of files) ((await beginsAsList(file)) ? lists : others).push(file);
  const [labels = null] = others;
  if (lists.length === 1 && others.length <= 1) return { results: lists[0], labels };
  if (lists.length === 0 && others.length === 1) return { results: others[0], labels: null };
  throw new StoreError('bad-preannotation', {
    where: phrase`results`,
    expected: phrase`one file of results, or one with the label file that it speaks of`,
    found:
      files.length === 0
        ? phrase`no JSON file`
        : phrase`${lists.length} lists of results and ${others.length} other files`,
    advice: phrase`Give one file of results at a time.`,
  });
}

async function beginsAsList({ open }: NamedFile): Promise<boolean> {
  for await (const chunk of await open()) {
    const text = String(chunk).slice(0, 1000).replace('\uFEFF', '').trimStart();
    if (text !== '') return text.startsWith('[');
  }
  return false;
}
