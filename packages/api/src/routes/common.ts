// Schemas that several nouns share.

import type { FilledPhrase, Words } from '@migaki/coco';
import { z } from 'zod';

/** Ids are positive integers, those of images, annotations and categories as in the COCO file. */
export const id = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** As text in an address, so that `true` and `1` both mean yes. */
export const flag = z
  .enum(['true', 'false', '1', '0'])
  .transform((text) => text === 'true' || text === '1');
export const timestamp = z.iso.datetime({ offset: true });
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 of 64 hexadecimal digits');
/** `category:RBC score<0.5`; see the user guide. Empty for everything. */
export const queryText = z.string().max(10_000);
export const nothing = z.object({});

export const datasetParams = z.object({ datasetId: id });
export const imageParams = z.object({ datasetId: id, imageId: id });

/** Of the tab or program that makes changes, so that it knows the news of them for its own. */
export const sessionId = z.uuid();

/** Idempotency: the same key again gives the first answer and changes nothing. */
export const editKey = z.uuid();

const share = z.number().min(0).max(1);

/** A share that a sample had, and between what it lies in truth with 95 %. */
export const estimatedShare = z.object({ share, low: share, high: share });

/** Of pictures: those that come without proposals, and of the others those into which a mistake is slipped. */
export const controlShares = z.object({ controls: share, mistakes: share });

export const imageStatus = z.enum(['new', 'in_progress', 'review', 'done']);
export const annotationState = z.enum(['accepted', 'proposed', 'rejected']);

/** That somebody has looked at something as it is, and under which revision. */
export const review = z.object({ by: z.string(), at: timestamp, revision: z.number().int() });

const filledPhrase: z.ZodType<FilledPhrase> = z.object({
  /** English, with `{0}`, `{1}`, … for the holes. */
  template: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => filledPhrase)])),
});
/** Words for people in English; where values stand in them, with these apart, so that a page can use its own language. */
export const words: z.ZodType<Words> = z.union([z.string(), filledPhrase]);

/** Rows of a list, and where the next ones start (null at the end). */
export const pageOf = <T extends z.ZodType>(items: T) =>
  z.object({ items: z.array(items), next: z.string().nullable() });
export const pageQuery = z.object({
  /** `next` of the page before; nothing for the first. */
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
