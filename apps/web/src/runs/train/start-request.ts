// From the form to a run. A file to begin from is sent first.

import { startUpload } from '../../import/upload.ts';
import { client } from '../../server/client.ts';
import { settingsOf, type TaskName, type TrainForm } from './train-form.ts';

type StartBody = Parameters<typeof client.startRun>[0]['body'];

export interface TrainedPart {
  datasetId: number;
  /** Null: as it is now. */
  version: string | null;
  /** Empty: all of it. */
  query: string;
}

export async function startTraining(form: TrainForm, task: TaskName, part: TrainedPart) {
  const { datasetId, version, query } = part;
  const init = await initOf(form);
  return client.startRun({
    body: {
      datasetId,
      query,
      task,
      settings: settingsOf(form, task),
      ...(version !== null && { version }),
      ...(form.validateWith === 'dataset' && {
        validation: { datasetId: form.validationDatasetId! },
      }),
      ...(init !== undefined && { init }),
      ...(form.name.trim() !== '' && { name: form.name.trim() }),
    },
  });
}

async function initOf(form: TrainForm): Promise<StartBody['init']> {
  switch (form.beginFrom) {
    case 'scratch':
      return undefined;
    case 'model':
      return { model: form.model! };
    case 'hub':
      return { hub: form.hubName.trim() };
    case 'file':
      return { uploadId: await sent(form.files) };
  }
}

/** @returns the id of the upload, once all of it has arrived */
async function sent(files: readonly File[]): Promise<string> {
  const { uploadId } = await client.openUpload();
  const upload = startUpload(
    uploadId,
    files.map((file) => ({ file, path: file.name })),
  );
  const failure = new Promise<never>((_, reject) => {
    upload.subscribe(() => {
      const [failed] = upload.getProgress().failed;
      if (failed === undefined) return;
      upload.cancel();
      reject(new Error(`${failed.path}: ${failed.reason}`));
    });
  });
  await Promise.race([upload.finished, failure]);
  return uploadId;
}
