// Opens what an import names: a folder or file of the server, or an upload. Zips among the files are opened in place; one that is
// refused is left out, where there is anything else.

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { type Fault, phrase, type Words } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { uploadedFiles } from '../uploads/uploads.ts';
import {
  isJunk,
  isLink,
  isZip,
  keptPath,
  leadsElsewhere,
  type Refusal,
  type SourceFile,
  type SourceFiles,
  sourceFilesOf,
} from './source-files.ts';
import { openZip } from './zip-files.ts';

/** Where pictures that lie elsewhere appear; all readers look there. */
const picturesFolder = 'images';

/** It would have to be unpacked to be looked into. */
const insideAnother: Fault = {
  expected: phrase`archives that lie beside other files`,
  found: phrase`one inside another`,
  advice: phrase`Unpack the outer one, and import the folder.`,
};

/**
 * A folder or file of the server, whose path has been checked.
 *
 * @param imagesPath where the pictures are, if not there
 * @throws StoreError `bad-import` for a harmful or damaged zip beside which there is nothing
 */
export async function openServerFiles(path: string, imagesPath?: string): Promise<SourceFiles> {
  const listing = new Listing();
  if ((await stat(path)).isDirectory()) await listing.addFolder(path, '');
  else await listing.addLocation(basename(path), path);
  if (imagesPath !== undefined) await listing.addFolder(imagesPath, `${picturesFolder}/`);
  return listing.opened();
}

/** What has arrived of an upload. */
export async function openUpload(folder: string): Promise<SourceFiles> {
  const listing = new Listing();
  const { files, unfinishedCount } = await uploadedFiles(folder);
  for (const { path, location } of files) {
    const kept = keptPath(path);
    if (kept === null) listing.refuse(path, leadsElsewhere);
    else await listing.addLocation(kept, location);
  }
  if (unfinishedCount > 0) {
    listing.refuse(phrase`${unfinishedCount} files`, {
      expected: phrase`whole files`,
      found: phrase`some that have not arrived to their end`,
    });
  }
  return listing.opened();
}

class Listing {
  readonly #files = new Map<string, SourceFile>();
  readonly #refused: Refusal[] = [];

  refuse(file: Words, fault: Fault): void {
    this.#refused.push({ file, fault });
  }

  async addLocation(path: string, location: string): Promise<void> {
    if (isJunk(path)) return;
    const { size } = await stat(location);
    this.#files.set(path, {
      byteSize: size,
      open: async () => createReadStream(location),
      location,
    });
  }

  async addFolder(folder: string, prefix: string): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const location = join(entry.parentPath, entry.name);
      const path = prefix + relative(folder, location).split(sep).join('/');
      if (entry.isSymbolicLink()) {
        this.refuse(path, isLink);
      } else if (entry.isFile()) {
        await this.addLocation(path, location);
      }
    }
  }

  async opened(): Promise<SourceFiles> {
    const zips = [...this.#files].filter(([path]) => isZip(path));
    const isAlone = zips.length === 1 && this.#files.size === 1;
    const faults: StoreError[] = [];
    const closers: (() => void)[] = [];
    const close = () => {
      for (const closeOne of closers) closeOne();
    };
    try {
      for (const [path, { location }] of zips) {
        this.#files.delete(path);
        const opened = await openZip(location!, path).catch((error) => {
          if (!(error instanceof StoreError) || error.code !== 'bad-import') throw error;
          faults.push(error);
          const { where: _, ...fault } = error.details;
          this.refuse(path, fault);
          return null;
        });
        if (opened === null) continue;
        const { files, refused, close: closeZip } = opened;
        closers.push(closeZip);
        const prefix = isAlone ? '' : `${path.slice(0, -'.zip'.length)}/`;
        for (const { file, fault } of refused) {
          this.refuse(isAlone ? file : phrase`${path}, ${file}`, fault);
        }
        for (const [inner, file] of files) {
          if (isZip(inner)) this.refuse(prefix + inner, insideAnother);
          else this.#files.set(prefix + inner, file);
        }
      }
      // Where there is nothing beside it, it is the fault of all.
      if (this.#files.size === 0 && faults.length > 0) throw faults[0];
    } catch (error) {
      close();
      throw error;
    }
    return sourceFilesOf(this.#files, { refused: this.#refused, close });
  }
}
