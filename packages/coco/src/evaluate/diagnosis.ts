// What is told of each detection and each truth. The reasons for wrong detections follow TIDE (Bolya et
// al., "TIDE: A General Toolbox for Identifying Object Detection Errors", ECCV 2020).

/** Every way to be a false positive, with the sentence that explains it; where several fit, the first stands. */
export const falsePositiveReasons = {
  'annotation id 0': 'It matches a truth whose id is 0, which pycocotools takes for no match.',
  duplicate: 'It finds a truth of its category that a detection of higher score has found already.',
  'wrong class': 'It finds a truth of another category.',
  'badly placed': 'It lies near a truth of its category, but not well enough to find it.',
  background: 'It is near no truth.',
} as const satisfies Record<string, string>;

export type FalsePositiveReason = keyof typeof falsePositiveReasons;

export interface DetectionDiagnosis {
  /** Position among the results, counted from 1, as pycocotools numbers them. */
  detectionId: number;
  imageId: number;
  categoryId: number;
  score: number;
  /** `ignored`: on a crowd or another ignored truth, or of a size outside COCO's area range `all`. */
  outcome: 'true positive' | 'false positive' | 'ignored';
  reason: FalsePositiveReason | null;
  /** The truth that it found, or that explains the reason. */
  truthId: number | null;
  /** Similarity with that truth, 0 where there is none. */
  iou: number;
}

export interface TruthDiagnosis {
  truthId: number;
  imageId: number;
  categoryId: number;
  outcome: 'matched' | 'missed' | 'ignored';
  /** The detection that found it; else the one most like it, of whatever category. */
  detectionId: number | null;
  /** Similarity with that detection, 0 where there is none. */
  iou: number;
}

export interface Diagnosis {
  /** Picture by picture in the order of their ids, and there by descending score. */
  detections: DetectionDiagnosis[];
  /** Picture by picture, and there category by category. */
  truths: TruthDiagnosis[];
  /** One row per category, in the order of their ids. */
  categories: CategoryDiagnosis[];
  /** Detections that took no part. */
  leftOut: { belowScore: number; pastLimit: number; otherImageOrCategory: number };
}

/** How many truths and detections of one category came to what. */
export interface CategoryDiagnosis {
  categoryId: number;
  truths: Record<TruthDiagnosis['outcome'], number>;
  detections: Record<DetectionDiagnosis['outcome'], number>;
  falsePositives: Record<FalsePositiveReason, number>;
}

/** One row for each category of `categoryIds`, which every diagnosis must be of. */
export function countPerCategory(
  categoryIds: readonly number[],
  detections: readonly DetectionDiagnosis[],
  truths: readonly TruthDiagnosis[],
): CategoryDiagnosis[] {
  const rows = categoryIds.map((categoryId) => ({
    categoryId,
    truths: { matched: 0, missed: 0, ignored: 0 },
    detections: { 'true positive': 0, 'false positive': 0, ignored: 0 },
    falsePositives: Object.fromEntries(
      Object.keys(falsePositiveReasons).map((reason) => [reason, 0]),
    ) as Record<FalsePositiveReason, number>,
  }));
  const rowOf = new Map(rows.map((row) => [row.categoryId, row]));
  for (const { categoryId, outcome } of truths) rowOf.get(categoryId)!.truths[outcome]++;
  for (const { categoryId, outcome, reason } of detections) {
    const row = rowOf.get(categoryId)!;
    row.detections[outcome]++;
    if (reason !== null) row.falsePositives[reason]++;
  }
  return rows;
}
