// The one import that the dialog shows. It lives outside the pages: the dialog can be closed, and the page left,
// while files are still being sent.

import type { Job } from '@migaki/api';
import { useSyncExternalStore } from 'react';
import { client, queryClient } from '../server/client.ts';
import { datasetQuery, noteNewJob } from '../server/queries.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import type { ChosenFile } from './chosen-files.ts';
import type { ImportRequest } from './import-request.ts';
import {
  findSent,
  forgetUpload,
  holdUpload,
  type InterruptedUpload,
  interruptedUploadQuery,
  rememberUpload,
  removeSent,
} from './interrupted-upload.ts';
import { startUpload, type Upload } from './upload.ts';

/** `choosing` → (`uploading` →) `importing`; what came of it is told by the job. */
export type ImportState =
  | { step: 'choosing'; into: Partial<{ datasetId: number }>; files: ChosenFile[] }
  | { step: 'uploading'; upload: Upload }
  | { step: 'importing'; datasetId: number; jobId: string };

interface DialogState {
  isOpen: boolean;
  state: ImportState;
}

const nothingChosen: ImportState = { step: 'choosing', into: {}, files: [] };
let current: DialogState = { isOpen: false, state: nothingChosen };
const listeners = new Set<() => void>();

function update(next: Partial<DialogState>): void {
  current = { ...current, ...next };
  for (const listener of listeners) listener();
}

export const useImportDialog = (): DialogState =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

/** Opens the dialog; what is still being sent is shown rather than lost. */
export function openImport({
  datasetId,
  files = [],
}: {
  datasetId?: number;
  files?: ChosenFile[];
} = {}): void {
  const into = datasetId === undefined ? {} : { datasetId };
  const isSending = current.state.step === 'uploading';
  update({ isOpen: true, ...(!isSending && { state: { step: 'choosing', into, files } }) });
}

/** Closes the dialog; an upload goes on. */
export function closeImport(): void {
  update({ isOpen: false });
}

export function addFiles(files: ChosenFile[]): void {
  if (current.state.step !== 'choosing') return;
  update({ state: { ...current.state, files: [...current.state.files, ...files] } });
}

export function clearFiles(): void {
  if (current.state.step === 'choosing') update({ state: { ...current.state, files: [] } });
}

/** Starts the import of what is on the server already. */
export async function startImportFrom(request: ImportRequest): Promise<Job> {
  const { datasetId, job } = await client.startImport({ body: request });
  noteNewJob(job);
  void queryClient.invalidateQueries({ queryKey: ['datasets'] });
  void queryClient.prefetchQuery(datasetQuery(datasetId));
  update({ isOpen: true, state: { step: 'importing', datasetId, jobId: job.id } });
  return job;
}

/**
 * Sends the chosen files, then imports them.
 *
 * @param interrupted an upload in which some of them have arrived before: it goes on, with these files alone
 */
export async function uploadAndImport(
  files: ChosenFile[],
  request: Omit<ImportRequest, 'from'>,
  interrupted: InterruptedUpload | null,
): Promise<void> {
  const sent = findSent(files, interrupted?.sent ?? []);
  const { uploadId } =
    interrupted !== null && sent.size > 0 ? interrupted : await client.openUpload();
  if (uploadId === interrupted?.uploadId) {
    const wanted = new Set(sent.values());
    const others = interrupted.sent.filter((file) => !wanted.has(file));
    await removeSent(uploadId, others);
  }
  rememberUpload({ uploadId, fileCount: files.length, request });
  const upload = startUpload(uploadId, files, sent);
  holdUpload(uploadId, upload.finished);
  queryClient.setQueryData(interruptedUploadQuery().queryKey, null);
  update({ state: { step: 'uploading', upload } });
  const outcome = await upload.finished;
  if (outcome === 'cancelled') {
    forgetUpload();
    update({ state: nothingChosen, isOpen: false });
    return;
  }
  try {
    await startImportFrom({ ...request, from: { uploadId } });
    forgetUpload();
  } catch (error) {
    update({ state: { step: 'choosing', into: {}, files }, isOpen: true });
    void queryClient.invalidateQueries({ queryKey: interruptedUploadQuery().queryKey });
    // The form that began this is gone.
    notifyError(error);
  }
}
