// The one import that the dialog shows. It lives outside the pages: the dialog can be closed, and the page left,
// while files are still being sent.

import type { Job } from '@migaki/api';
import { useSyncExternalStore } from 'react';
import { client, queryClient } from '../server/client.ts';
import { datasetQuery } from '../server/queries.ts';
import type { ChosenFile } from './chosen-files.ts';
import { startUpload, type Upload } from './upload.ts';

export type ImportRequest = Parameters<typeof client.startImport>[0]['body'];
export type ImportTarget = ImportRequest['into'];

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
  queryClient.setQueryData(['jobs', 'one', job.id], job);
  void queryClient.invalidateQueries({ queryKey: ['datasets'] });
  void queryClient.invalidateQueries({ queryKey: ['jobs', 'list'] });
  void queryClient.prefetchQuery(datasetQuery(datasetId));
  update({ isOpen: true, state: { step: 'importing', datasetId, jobId: job.id } });
  return job;
}

/** Sends the chosen files, then imports them. */
export async function uploadAndImport(
  files: ChosenFile[],
  request: Omit<ImportRequest, 'from'>,
): Promise<void> {
  const { uploadId } = await client.openUpload();
  const upload = startUpload(uploadId, files);
  update({ state: { step: 'uploading', upload } });
  const outcome = await upload.finished;
  if (outcome === 'cancelled') {
    update({ state: nothingChosen, isOpen: false });
    return;
  }
  try {
    await startImportFrom({ ...request, from: { uploadId } });
  } catch (error) {
    update({ state: nothingChosen });
    throw error;
  }
}
