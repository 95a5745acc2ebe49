// The upload that this browser began and has not finished: after a reload, or a crash of the browser, it goes on when
// the same files are chosen again. The browser keeps its id; what has arrived of it the server knows.

import { routes } from '@migaki/api';
import { queryOptions } from '@tanstack/react-query';
import { Upload as TusUpload } from 'tus-js-client';
import { client, queryClient } from '../server/client.ts';
import type { ChosenFile } from './chosen-files.ts';
import type { ImportRequest } from './import-request.ts';

export type SentFile = Awaited<ReturnType<typeof client.getUpload>>['files'][number];

/** What its import was to be. */
export interface RememberedUpload {
  uploadId: string;
  fileCount: number;
  request: Omit<ImportRequest, 'from'>;
}

export interface InterruptedUpload extends RememberedUpload {
  sent: SentFile[];
}

const storageKey = 'migaki-upload';
const lockName = (uploadId: string) => `migaki-upload-${uploadId}`;

export function rememberUpload(upload: RememberedUpload): void {
  localStorage.setItem(storageKey, JSON.stringify(upload));
}

export function forgetUpload(): void {
  localStorage.removeItem(storageKey);
  queryClient.setQueryData(interruptedUploadQuery().queryKey, null);
}

function remembered(): RememberedUpload | null {
  try {
    const upload = JSON.parse(localStorage.getItem(storageKey) ?? 'null');
    return typeof upload?.uploadId === 'string' ? upload : null;
  } catch {
    return null;
  }
}

/** Keeps other tabs from taking an upload that goes on for an interrupted one. Pages without locks do without. */
export function holdUpload(uploadId: string, until: Promise<unknown>): void {
  void navigator.locks?.request(lockName(uploadId), () => until);
}

/** Null where nothing was interrupted. */
export const interruptedUploadQuery = () =>
  queryOptions({
    queryKey: ['interrupted-upload'],
    queryFn: async ({ signal }): Promise<InterruptedUpload | null> => {
      const upload = remembered();
      if (upload === null) return null;
      const { uploadId } = upload;
      const locks = await navigator.locks?.query();
      if (locks?.held?.some(({ name }) => name === lockName(uploadId))) return null;
      try {
        const { files } = await client.getUpload({ params: { uploadId } }, { signal });
        return files.length === 0 ? null : { ...upload, sent: files };
      } catch (error) {
        // Imported meanwhile, or removed since nobody came back to it.
        if ((error as { status?: number }).status !== 404) throw error;
        localStorage.removeItem(storageKey);
        return null;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The same file as one that was sent before: same place, size and time of change. */
export function findSent(
  files: readonly ChosenFile[],
  sent: readonly SentFile[],
): Map<ChosenFile, SentFile> {
  const byPath = new Map(sent.map((each) => [each.path, each]));
  const found = new Map<ChosenFile, SentFile>();
  for (const chosen of files) {
    const known = byPath.get(chosen.path);
    const isSame =
      known?.byteSize === chosen.file.size &&
      (known.lastModified === null || known.lastModified === chosen.file.lastModified);
    if (known !== undefined && isSame) found.set(chosen, known);
  }
  return found;
}

export const filesUrl = (uploadId: string): string =>
  `${routes.openUpload.path}/${encodeURIComponent(uploadId)}/files`;

/** Takes back what was sent and is not wanted any more. */
export async function removeSent(uploadId: string, files: readonly SentFile[]): Promise<void> {
  for (const { fileId } of files) {
    await TusUpload.terminate(`${filesUrl(uploadId)}/${encodeURIComponent(fileId)}`);
  }
}
