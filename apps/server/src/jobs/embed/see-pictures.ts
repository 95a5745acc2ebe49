// Shows pictures to a model and keeps what it sees in them as it comes, so that a job that was killed goes on with what is missing.

import { buffer } from 'node:stream/consumers';
import { phrase, type Words } from '@migaki/coco';
import {
  type BlobStore,
  getModelVersion,
  type JobContext,
  putVectors,
  type SeenPicture,
  type Store,
  type UnseenImage,
} from '@migaki/store';
import { answerUncertainty, openOnlookers } from '@migaki/train';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { answersOf, blobPicture } from '../answers-of.ts';

export interface EmbedServices {
  store: Store;
  blobs: BlobStore;
}

export interface AskedModel {
  modelId: number;
  version: number;
  name: string;
}

/** What came of it. */
export interface Seen {
  picturesSeen: number;
  problemCount: number;
  problems: { file: Words; message: Words }[];
}

/** What `checkpoint` keeps. Pictures that cannot be read are tried, and told, again. */
type Resumption = Pick<Seen, 'picturesSeen'>;

/** Vectors that are written at once. */
const chunkSize = 64;
const longestList = 200;

/**
 * @param pictures each once
 * @param kind `both`: the model's own answer, too, of which is kept how unsure it is
 * @returns with what earlier runs of the job saw
 */
export async function seePictures(
  { store, blobs }: EmbedServices,
  job: JobContext,
  model: AskedModel,
  pictures: readonly UnseenImage[],
  kind: 'embed' | 'both',
): Promise<Seen> {
  const resumed = job.resumeFrom as Resumption | null;
  const seenBefore = resumed?.picturesSeen ?? 0;
  const seen: Seen = { picturesSeen: seenBefore, problemCount: 0, problems: [] };
  if (pictures.length === 0) return seen;
  const { sha256: modelSha256 } = await getModelVersion(store, model.modelId, model.version);
  const bytes = await buffer(await blobs.open(modelSha256));
  const onlookers = openOnlookers(bytes, nameOfModel(model), kind);
  const { task } = onlookers.card;
  const isMultiLabel = task.task === 'classify' && task.isMultiLabel;
  let waiting: SeenPicture[] = [];
  const write = async () => {
    const resumption: Resumption = { picturesSeen: seen.picturesSeen };
    await putVectors(store, modelSha256, waiting, (transaction) =>
      job.checkpoint(resumption, transaction),
    );
    waiting = [];
  };
  const total = seenBefore + pictures.length;
  try {
    const fileOf = ({ sha256 }: UnseenImage) => blobPicture(blobs, sha256);
    for await (const answered of answersOf(onlookers, pictures, fileOf, job.signal)) {
      const { fileName, sha256 } = answered.picture;
      if ('problem' in answered) {
        seen.problemCount++;
        if (seen.problems.length < longestList) {
          seen.problems.push({ file: fileName, message: answered.problem });
        }
        job.log(phrase`${fileName}: ${answered.problem}`, 'warning');
      } else {
        const { answer } = answered;
        const vector = answer.kind === 'embedding' ? answer.embedding : answer.saw!;
        const uncertainty = answerUncertainty(answer, isMultiLabel) ?? undefined;
        seen.picturesSeen++;
        waiting.push({ sha256, vector, uncertainty });
        if (waiting.length === chunkSize) await write();
      }
      job.progress(seen.picturesSeen + seen.problemCount, total, 'images');
    }
    await write();
  } finally {
    await onlookers.close();
  }
  return seen;
}
