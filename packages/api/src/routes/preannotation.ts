// Pre-annotation: a model looks at pictures, and what it finds becomes proposals that people accept, correct or reject.

import { z } from 'zod';
import { route } from '../route.ts';
import { controlShares, datasetParams, estimatedShare, id, queryText } from './common.ts';
import { job } from './jobs.ts';

const threshold = z.number().min(0).max(1);

/** That a dataset without categories got of what is to propose for it. */
const categoriesAdded = z.array(z.string());
export const usualThreshold = 0.5;
const count = z.number().int().nonnegative();

/** How much of what is proposed is to be right. */
export const wantedPrecision = z.number().min(0.5).max(1);

/** From which score on that is so, by what became of the pictures of an evaluation. */
export const precisionScores = z.object({
  evaluationId: id,
  /** On which it was measured. */
  datasetName: z.string(),
  classes: z.array(
    z.object({
      /** The model’s. */
      name: z.string(),
      /** Null where nothing reaches the precision; then nothing of the class is proposed. */
      score: z.number().nullable(),
      /** Objects, or pictures, that are of the class. */
      truthCount: count,
      /** From the score on; where there is none, from the best on. Null where too little was found. */
      measured: z
        .object({
          score: z.number(),
          /** What was found. */
          count,
          /** What of it was right: on an object of the class with an IoU of 0.5, or the picture’s class. */
          hitCount: count,
          precision: estimatedShare,
        })
        .nullable(),
    }),
  ),
});
export type PrecisionScores = z.infer<typeof precisionScores>;

/** Of which pictures, from which score on, and what classes are called in the dataset. */
const asked = {
  /** Which pictures. */
  query: queryText.default(''),
  /** Leave out pictures that have an object that was accepted or drawn. */
  onlyUnlabelled: z.boolean().default(false),
  /** From which score on something is proposed. */
  threshold: threshold.default(usualThreshold),
  /** Of some classes, by the model's name. */
  thresholds: z.record(z.string(), threshold).default({}),
  /** Which category of the dataset a class of the model is, where they are not called alike. */
  map: z.record(z.string(), z.string()).default({}),
  /** The share of the pictures on which nobody has worked that come without proposals, to measure what those save. */
  controls: z.number().min(0).max(0.9).optional(),
  /**
   * The share of the others into which one mistake is slipped, to measure how many are found. Where neither is given, what is
   * measured goes on as before; 0 ends it on the pictures that nobody has looked over.
   */
  mistakes: z.number().min(0).max(0.5).optional(),
};

/** In whose name something from elsewhere is proposed; an @ would make it a version of a model of the registry. */
export const proposalSource = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^@\p{Cc}]*$/u, 'expected a name without @');

/** How an endpoint is spoken to: COCO results for the file of a picture, or the Open Inference Protocol, version 2. */
export const endpointProtocols = ['coco', 'oip'] as const;
export type EndpointProtocol = (typeof endpointProtocols)[number];

/** What an address says by itself: `…/v2/models/cells` is a model's of the Open Inference Protocol. */
export const protocolOf = (url: string): EndpointProtocol =>
  /\/v2\/models\/[^/]+/.test(url) ? 'oip' : 'coco';

/** How tensors of a model are read and made, where their names and shapes do not tell it. */
export const tensorOptions = z
  .object({
    /** Names of the model's input and outputs. */
    input: z.string().min(1),
    boxes: z.string().min(1),
    scores: z.string().min(1),
    labels: z.string().min(1),
    count: z.string().min(1),
    /** Corners, or a corner or the centre and a size. */
    boxFormat: z.enum(['xyxy', 'xywh', 'cxcywh', 'yxyx']),
    /** Pixels of what the model saw, or fractions of it. */
    boxUnit: z.enum(['pixels', 'fractions']),
    /** What makes scores of the numbers that come. */
    activation: z.enum(['none', 'softmax', 'sigmoid']),
    /** What a floating-point input wants of values from 0 to 255. */
    normalisation: z.enum(['imagenet', 'unit', 'signed', 'none']),
    /** How a picture of other sides becomes one of the model's. */
    fit: z.enum(['stretch', 'letterbox']),
  })
  .partial();
export type TensorOptions = z.infer<typeof tensorOptions>;

export const preannotationRoutes = {
  startPreannotation: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/preannotations',
    summary:
      'Let a model propose; what it proposed before and nobody has decided on is replaced, and no one’s work is touched',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** `cells`, `cells@3`, `cells@champion`. */
      model: z.string().min(1),
      ...asked,
      /** 0.5 where neither it nor a precision is given. */
      threshold: threshold.optional(),
      /** Each class is proposed from the score on from which so much was right, and not below a threshold that is given. */
      precision: wantedPrecision.optional(),
    }),
    response: z.object({
      job,
      /** Where a precision was wanted. */
      precisionScores: precisionScores.optional(),
      categoriesAdded,
      controlShares,
    }),
  }),

  getPrecisionScores: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/precision-scores',
    summary:
      'From which score on a model’s proposals were right as often as is wished, on pictures that it had not learned from',
    permission: 'annotate',
    params: datasetParams,
    query: z.object({
      model: z.string().min(1),
      precision: z.coerce.number().pipe(wantedPrecision),
    }),
    response: precisionScores,
  }),

  startEndpointPreannotation: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/preannotations/endpoint',
    summary:
      'Show the pictures to a model behind HTTP, and take what it answers as proposals; those of the same source that nobody has decided on are replaced, and no one’s work is touched',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** Of those that the workbench may call. */
      url: z.string().trim().min(1).max(2_000),
      /** Left out: by the address, `oip` for `…/v2/models/{name}`. */
      protocol: z.enum(endpointProtocols).optional(),
      /** Of one answer. */
      timeoutSeconds: z.number().min(1).max(600).default(60),
      /** How many requests are under way at once. */
      atOnce: z.int().min(1).max(32).default(4),
      tensors: tensorOptions.default({}),
      /** What the ids of its classes mean. Left out: what the answers say, else they are the dataset's own (`coco`). */
      classNames: z
        .record(z.string().regex(/^\d+$/, 'the number of a class'), z.string().min(1))
        .default({}),
      /** Left out: the name of the model, or of the machine. */
      source: proposalSource.optional(),
      ...asked,
    }),
    response: z.object({ job, categoriesAdded, controlShares }),
  }),

  startResultsPreannotation: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/preannotations/results',
    summary:
      'Take COCO results that were made elsewhere as proposals; those of the same source that nobody has decided on are replaced, and no one’s work is touched',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      from: z.union([
        /** Of the results, and of the label file that they speak of, where their ids are not those of the dataset. */
        z.object({ uploadId: z.uuid() }),
        /** On the server's disk, inside the folders that it is allowed to read. */
        z.object({ path: z.string().min(1), labelsPath: z.string().min(1).optional() }),
      ]),
      source: proposalSource,
      ...asked,
    }),
    response: z.object({ job, controlShares }),
  }),
};
