// Files that jobs made and that wait in the workspace to be fetched.

import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { phrase } from '@migaki/coco';
import type { Jobs } from '@migaki/store';
import type { FastifyReply } from 'fastify';
import { HttpError } from '../http/http-error.ts';

/**
 * The file of a job of a kind, as an attachment that no browser shows.
 *
 * @param folder where each file lies under the id of its job
 * @throws StoreError `job-not-found`; HttpError `no-such-route` where the job made none, or it is not kept any more
 */
export async function sendMadeFile(
  { jobs, folder, kind, jobId }: { jobs: Jobs; folder: string; kind: string; jobId: string },
  reply: FastifyReply,
): Promise<ReadStream> {
  const made = await jobs.get(jobId);
  const location = join(folder, jobId);
  const found = await stat(location).catch(() => null);
  if (made.kind !== kind || made.state !== 'succeeded' || found === null) {
    throw new HttpError('no-such-route', {
      expected: phrase`the file of a finished job of the kind ${kind}, still kept`,
      found: phrase`a job of the kind ${made.kind} that is ${made.state}`,
      advice: phrase`Make it again.`,
    });
  }
  const { fileName } = made.result as { fileName: string };
  reply.headers({
    'content-type': fileName.endsWith('.json') ? 'application/json' : 'application/zip',
    'content-length': found.size,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'content-security-policy': "default-src 'none'; sandbox",
  });
  return createReadStream(location);
}
