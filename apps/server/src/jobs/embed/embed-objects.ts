// Lets a model see the objects of a dataset, each cut out of its picture: a vector of each that it has not seen where it lies now,
// and then how unlike each is to the others of its category. After a crash only those are looked at that are missing.

import { buffer } from 'node:stream/consumers';
import { phrase } from '@migaki/coco';
import { outlierScoresByGroup } from '@migaki/embeddings';
import {
  countImages,
  datasetObjectVectors,
  forgetVectorsOfDeletedObjects,
  getModelVersion,
  type JobContext,
  putObjectVectors,
  replaceObjectEmbeddings,
  type SeenObject,
  type UnseenObjects,
  unseenObjects,
} from '@migaki/store';
import { openOnlookers } from '@migaki/train';
import { nameOfModel } from '../../runs/name-of-model.ts';
import { blobPicture, lookedAt } from '../answers-of.ts';
import { computed } from './computed.ts';
import type { AskedModel, EmbedServices, Seen } from './see-pictures.ts';

interface EmbedObjectsParams {
  datasetId: number;
  model: AskedModel;
}

/** What the job says of itself in the end. */
export interface EmbedObjectsReport extends Pick<Seen, 'problemCount' | 'problems'> {
  objectsSeen: number;
  objectsCompared: number;
  /** Images with objects whose picture has not come. */
  missingPictureCount: number;
}

/** What `checkpoint` keeps. Objects of pictures that cannot be read are tried, and told, again. */
type Resumption = Pick<EmbedObjectsReport, 'objectsSeen'>;

/** Vectors that are written at once. */
const chunkSize = 64;
/** Objects of one picture that are asked about at once: a crowd of them is told bit by bit, and can be cancelled between. */
const partsAtOnce = 16;
const longestList = 200;

export async function runEmbedObjects(
  services: EmbedServices,
  job: JobContext<EmbedObjectsParams>,
): Promise<EmbedObjectsReport> {
  const { store } = services;
  const { datasetId, model } = job.params;
  const { sha256: modelSha256 } = await getModelVersion(store, model.modelId, model.version);
  const seen = await seeObjects(services, job, modelSha256);
  await forgetVectorsOfDeletedObjects(store, datasetId);
  const { ids, categoryIds, vectors } = await datasetObjectVectors(store, datasetId, modelSha256);
  job.message(phrase`Looking for what is alike`);
  const outliers = await computed(
    outlierScoresByGroup(vectors, categoryIds),
    (done) => job.progress(Math.round(done * ids.length), ids.length, 'objects'),
    job.signal,
  );
  job.message(null);
  await replaceObjectEmbeddings(
    store,
    datasetId,
    { model, modelSha256, dimensions: vectors.dimensions },
    Array.from(ids, (annotationId, row) => ({ annotationId, outlier: outliers[row] })),
  );
  return {
    ...seen,
    objectsCompared: ids.length,
    missingPictureCount: await countImages(store, datasetId, { query: 'is:missing is:labelled' }),
  };
}

async function seeObjects(
  { store, blobs }: EmbedServices,
  job: JobContext<EmbedObjectsParams>,
  modelSha256: string,
): Promise<Omit<EmbedObjectsReport, 'objectsCompared' | 'missingPictureCount'>> {
  const { datasetId, model } = job.params;
  const resumed = job.resumeFrom as Resumption | null;
  const report = {
    objectsSeen: resumed?.objectsSeen ?? 0,
    problemCount: 0,
    problems: [] as Seen['problems'],
  };
  const unseen = await unseenObjects(store, datasetId, modelSha256);
  if (unseen.length === 0) return report;
  const asked = unseen.flatMap(inParts);
  const total = unseen.reduce((sum, { boxes }) => sum + boxes.length, report.objectsSeen);
  const bytes = await buffer(await blobs.open(modelSha256));
  const { lookAtParts, atOnce, close } = openOnlookers(bytes, nameOfModel(model), 'embed');
  const unreadable = new Set<string>();
  let doneCount = report.objectsSeen;
  let waiting: SeenObject[] = [];
  const write = async () => {
    const resumption: Resumption = { objectsSeen: report.objectsSeen };
    await putObjectVectors(store, datasetId, modelSha256, waiting, (transaction) =>
      job.checkpoint(resumption, transaction),
    );
    waiting = [];
  };
  try {
    const look = (file: string | Uint8Array, { boxes }: UnseenObjects) => lookAtParts(file, boxes);
    const fileOf = ({ sha256 }: UnseenObjects) => blobPicture(blobs, sha256);
    for await (const answered of lookedAt({ look, atOnce }, asked, fileOf, job.signal)) {
      const { fileName, sha256, annotationIds, boxes } = answered.picture;
      doneCount += boxes.length;
      if ('problem' in answered) {
        if (unreadable.has(fileName)) continue;
        unreadable.add(fileName);
        report.problemCount++;
        if (report.problems.length < longestList) {
          report.problems.push({ file: fileName, message: answered.problem });
        }
        job.log(phrase`${fileName}: ${answered.problem}`, 'warning');
      } else {
        for (const [at, answer] of answered.answer.entries()) {
          if (answer.kind !== 'embedding') continue;
          const [annotationId, box] = [annotationIds[at], boxes[at]];
          waiting.push({ annotationId, sha256, box, vector: answer.embedding });
          report.objectsSeen++;
        }
        if (waiting.length >= chunkSize) await write();
      }
      job.progress(doneCount, total, 'objects');
    }
    await write();
  } finally {
    await close();
  }
  return report;
}

function inParts(objects: UnseenObjects): UnseenObjects[] {
  const { annotationIds, boxes } = objects;
  return Array.from({ length: Math.ceil(boxes.length / partsAtOnce) }, (_, part) => {
    const [from, to] = [part * partsAtOnce, (part + 1) * partsAtOnce];
    return {
      ...objects,
      annotationIds: annotationIds.slice(from, to),
      boxes: boxes.slice(from, to),
    };
  });
}
