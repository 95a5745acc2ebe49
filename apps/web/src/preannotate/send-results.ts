import { startUpload, type Upload } from '../import/upload.ts';
import { client } from '../server/client.ts';

/**
 * Sends a file of results, and the label file that it speaks of.
 *
 * @param onBegin is handed the upload, to show how far it is or to cancel it
 * @returns the id of the upload
 * @throws with the reason of a file that could not be sent
 */
export async function sendResults(
  results: File,
  labels: File | null,
  onBegin: (upload: Upload) => void,
): Promise<string> {
  const { uploadId } = await client.openUpload();
  const files = [
    { file: results, path: results.name },
    // Both may be called alike.
    ...(labels === null ? [] : [{ file: labels, path: `labels/${labels.name}` }]),
  ];
  const upload = startUpload(uploadId, files);
  onBegin(upload);
  const failure = new Promise<never>((_, reject) => {
    upload.subscribe(() => {
      const [failed] = upload.getProgress().failed;
      if (failed !== undefined) reject(new Error(`${failed.path}: ${failed.reason}`));
    });
  });
  try {
    const outcome = await Promise.race([upload.finished, failure]);
    if (outcome === 'complete') return uploadId;
  } catch (error) {
    upload.cancel();
    throw error;
  }
  throw new DOMException('The upload was cancelled.', 'AbortError');
}
