// What a run has settled about its task before it begins; the same for the trainer, the loaders and the exported model.

export type TaskPlan = ClassifyPlan | RegressPlan | EmbedPlan | DetectPlan | SegmentPlan | PosePlan;

export const taskNames = ['classify', 'regress', 'embed', 'detect', 'segment', 'pose'] as const;
export type TaskName = (typeof taskNames)[number];

interface ClassifyPlan {
  readonly task: 'classify';
  readonly classCount: number;
  /** Whether a picture may have several classes, or none. */
  readonly isMultiLabel: boolean;
}

interface RegressPlan {
  readonly task: 'regress';
  /** Of the values that are learned: the network's own numbers are standardised. */
  readonly mean: number;
  readonly deviation: number;
}

interface EmbedPlan {
  readonly task: 'embed';
  /** Of the identities that are learned from. */
  readonly classCount: number;
  readonly dimensions: number;
}

interface DetectPlan {
  readonly task: 'detect';
  readonly classCount: number;
}

interface SegmentPlan {
  readonly task: 'segment';
  readonly classCount: number;
}

interface PosePlan {
  readonly task: 'pose';
  readonly classCount: number;
  /** Of the class that has most. */
  readonly keypointCount: number;
  /** How far a keypoint may be off beside the size of its object, as COCO's evaluation has it. */
  readonly sigmas: readonly number[];
}

/** The plan of one task. */
export type PlanOf<Name extends TaskName> = Extract<TaskPlan, { task: Name }>;
