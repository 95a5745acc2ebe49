// Uploads: any number of files, each sent by tus (https://tus.io/protocols/resumable-upload), so that a connection
// that breaks costs nothing. Each upload has a folder of its own; what nobody imports is removed after a while.

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { phrase } from '@migaki/coco';
import { nameDiskFull, StoreError } from '@migaki/store';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { errorAnswer, HttpError } from '../http/http-error.ts';
import { type SentFile, sentFiles } from './sent-files.ts';

export interface Uploads {
  /** @returns the id of a new, empty upload */
  open(): Promise<string>;
  /** Whether there is such an upload. */
  has(uploadId: string): Promise<boolean>;
  /** What was sent so far. @throws HttpError `no-such-route` where there is no such upload */
  files(uploadId: string): Promise<SentFile[]>;
  /** Answers a call of the tus protocol. @throws HttpError `no-such-route` where there is no such upload */
  handle(uploadId: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Removes uploads to which nothing was sent for a long time. @returns how many */
  removeStale(now: Date): Promise<number>;
}

/** A file of an upload that has arrived whole. */
export type UploadedFile = Pick<SentFile, 'path' | 'location'>;

/** Bytes of one file. */
const maxFileBytes = 64 * 2 ** 30;
const staleMillis = 7 * 24 * 3600 * 1000;
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Writes as `FileStore` does, and lets errors through as they are: that one says of none why it could not write. */
class UploadFolder extends FileStore {
  override async write(readable: Readable, name: string, offset: number): Promise<number> {
    const file = createWriteStream(join(this.directory, name), { flags: 'r+', start: offset });
    await pipeline(readable, file);
    return offset + file.bytesWritten;
  }
}

export function openUploads(folder: string): Uploads {
  const servers = new Map<string, Server>();
  const folderOf = (uploadId: string) => join(folder, uploadId);
  const has = async (uploadId: string): Promise<boolean> =>
    isUuid(uploadId) &&
    (await stat(folderOf(uploadId)).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  const serverOf = (uploadId: string): Server => {
    const known = servers.get(uploadId);
    if (known !== undefined) return known;
    const server = new Server({
      path: `/api/uploads/${uploadId}/files`,
      datastore: new UploadFolder({ directory: folderOf(uploadId) }),
      relativeLocation: true,
      maxSize: maxFileBytes,
      allowedOrigins: () => false,
      onResponseError: async (_, thrown) => {
        const error = nameDiskFull(thrown);
        if (!(error instanceof StoreError)) return undefined;
        const { status, body } = errorAnswer(error, '');
        return { status_code: status, body: JSON.stringify(body) };
      },
    });
    servers.set(uploadId, server);
    return server;
  };
  return {
    async open() {
      const uploadId = randomUUID();
      await mkdir(folderOf(uploadId));
      return uploadId;
    },
    has,
    async files(uploadId) {
      if (!(await has(uploadId))) throw noSuchUpload(uploadId);
      return sentFiles(folderOf(uploadId));
    },
    async handle(uploadId, request, response) {
      if (!(await has(uploadId))) throw noSuchUpload(uploadId);
      await serverOf(uploadId).handle(request, response);
    },
    async removeStale(now) {
      let removed = 0;
      for (const name of await readdir(folder)) {
        const isStale = async () =>
          now.getTime() - (await lastChange(folderOf(name))) > staleMillis;
        if (!isUuid(name) || !(await isStale())) continue;
        servers.delete(name);
        await rm(folderOf(name), { recursive: true, force: true });
        removed++;
      }
      return removed;
    },
  };
}

export const noSuchUpload = (uploadId: string) =>
  new HttpError('no-such-route', {
    expected: phrase`the id of an upload that was begun`,
    found: uploadId.slice(0, 80),
    advice: phrase`Begin one with POST /api/uploads. Uploads that nobody imports are removed after a week.`,
  });

/** The files of an upload that have arrived whole; those that have not are counted. */
export async function uploadedFiles(
  folder: string,
): Promise<{ files: UploadedFile[]; unfinishedCount: number }> {
  const sent = await sentFiles(folder);
  const files = sent.filter(({ byteSize, bytesReceived }) => bytesReceived === byteSize);
  return { files, unfinishedCount: sent.length - files.length };
}

async function lastChange(folder: string): Promise<number> {
  const { mtimeMs } = await stat(folder);
  let latest = mtimeMs;
  for (const name of await readdir(folder)) {
    latest = Math.max(latest, (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0);
  }
  return latest;
}
