// The tables as `kysely` and the row types of this package see them. What each column means is written in the
// migrations, beside its definition.
// It is one piece because `Tables`, at its end, has to name them all, and a row type says nothing by itself.

import type { MistakeKind, SlippedKind, Words } from '@migaki/coco';
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { UsualCount } from '../doubt/usual-counts.ts';
import type {
  CalibrationBin,
  EvaluatedClass,
  EvaluationCurve,
  LeftOut,
  MeasuredAgainst,
  ScoreRanking,
} from '../evaluations/evaluation-record.ts';
import type {
  ClassMetrics,
  MeasuredPrecision,
  PinnedVersion,
  RunFailure,
  RunKind,
  RunOrigin,
  RunState,
  SampleAnswer,
} from '../runs/run-record.ts';

/** A json or jsonb column: read as a value, written as the text of `encodeJson`. */
type Json<Value> = ColumnType<Value, string, string>;
type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>;

export const imageStatuses = ['new', 'in_progress', 'review', 'done'] as const;
export type ImageStatus = (typeof imageStatuses)[number];

export const annotationStates = ['accepted', 'proposed', 'rejected'] as const;
/** `proposed`: what a model says and nobody has looked at yet. Rejected rows are kept but count nowhere. */
export type AnnotationState = (typeof annotationStates)[number];

/** A picture with proposals as they are, without any, or with one that is wrong on purpose. */
export type ControlRole = 'plain' | 'control' | 'mistake';
export type ControlVerdict = 'caught' | 'slipped';

/** Where in a COCO file a record stood. */
export type AnnotationSection = 'annotations' | 'captions';

/** Of the pictures on which nobody has worked, from 0 to 1. */
export interface ControlShares {
  /** That come without proposals. */
  controls: number;
  /** Of the others, into which one mistake is slipped. */
  mistakes: number;
}

export interface DatasetTable {
  id: GeneratedAlways<number>;
  name: string;
  description: Generated<string>;
  sections: Json<Record<string, unknown>>;
  record_sections: Generated<string[]>;
  revision: Generated<number>;
  next_image_id: Generated<number>;
  next_annotation_id: Generated<number>;
  next_category_id: Generated<number>;
  cover_image_id: number | null;
  control_shares: Json<ControlShares> | null;
  created_at: Generated<Timestamp>;
  deleted_at: Timestamp | null;
}

export interface RevisionTable {
  dataset_id: number;
  revision: number;
  author: string;
  at: Generated<Timestamp>;
  kind: string;
  note: string;
  job_id: string | null;
  session_id: string | null;
  idempotency_key: string | null;
  result: Json<unknown>;
}

export interface CategoryTable {
  row_id: GeneratedAlways<number>;
  dataset_id: number;
  category_id: number;
  name: string;
  supercategory: string | null;
  color: string | null;
  keypoints: string[] | null;
  skeleton: Json<[from: number, to: number][]> | null;
  extra: Json<Record<string, unknown>>;
  position: number;
  born: number;
  retired: number | null;
}

export interface ImageTable {
  row_id: GeneratedAlways<number>;
  dataset_id: number;
  image_id: number;
  file_name: string;
  sha256: Buffer | null;
  byte_size: number | null;
  media_type: string | null;
  width: number | null;
  height: number | null;
  captured_at: Timestamp | null;
  metadata: Json<Record<string, unknown>>;
  extra: Json<Record<string, unknown>>;
  status: Generated<ImageStatus>;
  tags: Generated<string[]>;
  source: Json<Record<string, unknown>> | null;
  is_deleted: Generated<boolean>;
  added_revision: number;
  added_at: Generated<Timestamp>;
  object_count: Generated<number>;
  least_score: number | null;
  least_area: number | null;
  greatest_area: number | null;
  reviewed_by: string | null;
  reviewed_at: Timestamp | null;
  reviewed_revision: number | null;
}

export interface ImageLifeTable {
  dataset_id: number;
  image_id: number;
  born: number;
  retired: number | null;
}

export interface ImageHistoryTable {
  dataset_id: number;
  revision: number;
  image_id: number;
  before: Json<Record<string, unknown>>;
  is_begun: Generated<boolean>;
}

export interface AnnotationTable {
  row_id: GeneratedAlways<number>;
  dataset_id: number;
  annotation_id: number;
  image_id: number;
  category_id: number | null;
  bbox_x: number | null;
  bbox_y: number | null;
  bbox_width: number | null;
  bbox_height: number | null;
  area: number | null;
  iscrowd: number | null;
  segmentation: Json<unknown> | null;
  keypoints: number[] | null;
  num_keypoints: number | null;
  caption: string | null;
  attributes: Json<Record<string, unknown>> | null;
  extra: Json<Record<string, unknown>> | null;
  score: number | null;
  section: Generated<AnnotationSection>;
  origin: string;
  state: AnnotationState;
  author: string;
  born: number;
  retired: number | null;
  reviewed_by: string | null;
  reviewed_at: Timestamp | null;
  reviewed_revision: number | null;
}

export interface ReviewHistoryTable {
  dataset_id: number;
  revision: number;
  annotation_id: number;
  image_id: number;
  before: Json<Record<string, unknown>> | null;
  is_reviewed: boolean;
}

export interface CommentTable {
  row_id: GeneratedAlways<number>;
  dataset_id: number;
  comment_id: string;
  image_id: number;
  annotation_id: number | null;
  reply_to: string | null;
  x: number | null;
  y: number | null;
  text: string;
  author: string;
  written_at: Generated<Timestamp>;
  edited_at: Timestamp | null;
  resolved_by: string | null;
  resolved_at: Timestamp | null;
  born: number;
  retired: number | null;
}

export interface WorkTimeTable {
  number: GeneratedAlways<number>;
  dataset_id: number;
  session_id: string;
  counter: number;
  image_id: number;
  author: string;
  at: Timestamp;
  millis: number;
}

export interface WorkTimeObjectTable {
  dataset_id: number;
  session_id: string;
  counter: number;
  annotation_id: number;
  millis: number;
}

export interface ImageCategoryTable {
  dataset_id: number;
  category_id: number;
  image_id: number;
  count: number;
}

export interface ImageOriginTable {
  dataset_id: number;
  origin: string;
  image_id: number;
  count: number;
}

export interface ImageTallyTable {
  dataset_id: number;
  image_id: number;
  category_ids: number[];
  category_counts: number[];
  origins: string[];
  origin_counts: number[];
  score_bins: number[];
  score_counts: number[];
  state_counts: Generated<number[]>;
  unreviewed_count: Generated<number>;
  shape_counts: Generated<number[]>;
}

export interface VersionTable {
  dataset_id: number;
  name: string;
  revision: number;
  note: string;
  author: string;
  created_at: Generated<Timestamp>;
  image_count: number;
  annotation_count: number;
}

export interface BlobTable {
  sha256: Buffer;
  byte_size: number;
  media_type: string;
  created_at: Generated<Timestamp>;
}

export interface SavedViewTable {
  dataset_id: number;
  name: string;
  query: string;
  sort: string;
  author: string;
  created_at: Generated<Timestamp>;
}

export interface RunTable {
  id: GeneratedAlways<number>;
  name: string;
  kind: RunKind;
  task: string | null;
  state: RunState;
  progress: Generated<number>;
  message: ColumnType<Words, string | undefined, string>;
  step: number | null;
  epoch: number | null;
  elapsed_seconds: number | null;
  settings: Json<Record<string, unknown>>;
  settled: ColumnType<Record<string, unknown>, string | undefined, string>;
  metrics: ColumnType<Record<string, number>, string | undefined, string>;
  per_class: ColumnType<ClassMetrics[], string | undefined, string>;
  primary_metric: string | null;
  dataset_id: number | null;
  dataset: Json<PinnedVersion> | null;
  validation_id: number | null;
  validation: Json<PinnedVersion> | null;
  init: Json<RunOrigin> | null;
  init_version_id: number | null;
  model_name: string | null;
  job_id: string | null;
  error: ColumnType<RunFailure | null, string | null | undefined, string | null>;
  notes: string;
  key: string | null;
  created_by: string;
  created_at: Timestamp;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
  changed_at: Timestamp;
}

export interface RunPointTable {
  run_id: number;
  name: string;
  step: number;
  epoch: number | null;
  seconds: number;
  value: number;
  at: Timestamp;
}

export interface RunSampleTable {
  run_id: number;
  step: number;
  position: number;
  epoch: number | null;
  image_id: number;
  file_name: string;
  predicted: Json<SampleAnswer>;
}

export interface RunFileTable {
  run_id: number;
  path: string;
  sha256: Buffer;
  byte_size: number;
  media_type: string;
  created_at: Timestamp;
}

export interface ModelTable {
  id: GeneratedAlways<number>;
  name: string;
  notes: Generated<string>;
  next_version: Generated<number>;
  created_at: Timestamp;
  changed_at: Timestamp;
}

export interface ModelVersionTable {
  id: GeneratedAlways<number>;
  model_id: number;
  version: number;
  task: string;
  card: Json<Record<string, unknown>>;
  metrics: Json<Record<string, number>>;
  primary_metric: string | null;
  precisions: ColumnType<Record<string, MeasuredPrecision>, string | undefined, string>;
  sha256: Buffer;
  byte_size: number;
  source: 'run' | 'import';
  run_id: number | null;
  dataset_id: number | null;
  dataset: Json<PinnedVersion> | null;
  validation_id: number | null;
  validation: Json<PinnedVersion> | null;
  init: Json<RunOrigin> | null;
  init_version_id: number | null;
  notes: string;
  author: string;
  created_at: Timestamp;
}

export interface ModelAliasTable {
  model_id: number;
  alias: string;
  version: number;
}

export interface DeletedModelVersionTable
  extends Pick<
    ModelVersionTable,
    'model_id' | 'version' | 'task' | 'metrics' | 'primary_metric' | 'run_id'
  > {
  id: number;
  name: string;
  dataset_id: number;
  dataset: Json<PinnedVersion>;
  created_at: Date;
  deleted_at: Timestamp;
}

export interface LabelSuspicionTable {
  id: GeneratedAlways<number>;
  dataset_id: number;
  image_id: number;
  kind: MistakeKind;
  doubt: number;
  annotation_id: number | null;
  label_digest: string | null;
  opinion: Json<Record<string, unknown>>;
  category_id: number;
  bbox: number[] | null;
  score: number;
  own_score: number;
  model: string;
  is_learned: boolean;
  is_settled: boolean;
  job_id: string | null;
  created_at: Generated<Timestamp>;
  dismissed_by: string | null;
  dismissed_at: Timestamp | null;
}

export interface DatasetEmbeddingTable {
  dataset_id: number;
  number: GeneratedAlways<number>;
  model_hash: string;
  model: Json<{ modelId: number; name: string; version: number }>;
  dimensions: number;
  image_count: number;
  made_at: Timestamp;
}

export interface ImageEmbeddingTable {
  dataset_id: number;
  image_id: number;
  nearest: number;
  outlier: number;
  duplicate_group: number | null;
  duplicate_count: number;
  x: number;
  y: number;
}

export interface DatasetObjectEmbeddingTable {
  dataset_id: number;
  number: GeneratedAlways<number>;
  model_hash: string;
  model: Json<{ modelId: number; name: string; version: number }>;
  dimensions: number;
  object_count: number;
  made_at: Timestamp;
}

export interface ObjectEmbeddingTable {
  dataset_id: number;
  annotation_id: number;
  outlier: number;
}

export interface NextToLabelTable {
  dataset_id: number;
  image_id: number;
  number: GeneratedAlways<number>;
  position: number;
  uncertainty: number | null;
  novelty: number;
}

export interface EvaluationTable {
  id: GeneratedAlways<number>;
  task: string;
  model_name: string;
  model_version_id: number | null;
  deleted_version_id: number | null;
  dataset_id: number | null;
  dataset: Json<PinnedVersion>;
  is_trained_on: boolean;
  classes: Json<EvaluatedClass[]>;
  metrics: Json<Record<string, number>>;
  per_class: Json<Record<string, number>[]>;
  primary_metric: string;
  score_threshold: number | null;
  confusion: Json<number[][]>;
  curves: Json<EvaluationCurve[]>;
  rankings: Json<ScoreRanking[]>;
  calibration: Json<CalibrationBin[]>;
  image_count: number;
  left_out: Json<LeftOut>;
  measured_against: Json<MeasuredAgainst> | null;
  job_id: string;
  created_by: string;
  created_at: Timestamp;
}

export interface EvaluationImageTable {
  evaluation_id: number;
  image_id: number;
  wrongness: number;
  right_count: number;
  mistake_count: number;
}

export interface EvaluationJudgementTable {
  evaluation_id: number;
  position: number;
  image_id: number;
  outcome: string;
  annotation_id: number | null;
  true_category_id: number | null;
  predicted_category_id: number | null;
  score: number | null;
  iou: number;
  true_box: number[] | null;
  predicted_box: number[] | null;
  true_value: number | null;
  predicted_value: number | null;
  wrongness: number;
}

export interface DatasetDoubtTable {
  dataset_id: number;
  revision: Generated<number>;
  number: Generated<number>;
  usual_counts: ColumnType<UsualCount[], string | undefined, string>;
}

export interface ImageDoubtTable {
  dataset_id: number;
  image_id: number;
  doubt: number;
}

export interface ProposalCheckTable {
  id: GeneratedAlways<number>;
  dataset_id: number;
  category_id: number;
  score: number;
  seed: number;
  revision: number;
  annotation_ids: number[];
  sample_ids: number[];
  verdicts: (boolean | null)[];
  author: string;
  created_at: Generated<Timestamp>;
  accepted_revision: number | null;
}

export interface ControlPictureTable {
  dataset_id: number;
  image_id: number;
  number: GeneratedAlways<number>;
  role: ControlRole;
  origin: string;
  hidden: Json<Record<string, unknown>[]> | null;
  kind: SlippedKind | null;
  annotation_id: number | null;
  shown: Json<Record<string, unknown>> | null;
  truth: Json<Record<string, unknown>> | null;
  assigned_at: Generated<Timestamp>;
  settled_at: Timestamp | null;
  verdict: ControlVerdict | null;
  dismissed_by: string | null;
  dismissed_at: Timestamp | null;
}

export interface Tables {
  dataset: DatasetTable;
  revision: RevisionTable;
  category: CategoryTable;
  image: ImageTable;
  image_life: ImageLifeTable;
  image_history: ImageHistoryTable;
  annotation: AnnotationTable;
  review_history: ReviewHistoryTable;
  comment: CommentTable;
  work_time: WorkTimeTable;
  work_time_object: WorkTimeObjectTable;
  image_category: ImageCategoryTable;
  image_origin: ImageOriginTable;
  image_tally: ImageTallyTable;
  version: VersionTable;
  blob: BlobTable;
  saved_view: SavedViewTable;
  run: RunTable;
  run_point: RunPointTable;
  run_sample: RunSampleTable;
  run_file: RunFileTable;
  model: ModelTable;
  model_version: ModelVersionTable;
  model_alias: ModelAliasTable;
  deleted_model_version: DeletedModelVersionTable;
  label_suspicion: LabelSuspicionTable;
  dataset_embedding: DatasetEmbeddingTable;
  image_embedding: ImageEmbeddingTable;
  dataset_object_embedding: DatasetObjectEmbeddingTable;
  object_embedding: ObjectEmbeddingTable;
  next_to_label: NextToLabelTable;
  evaluation: EvaluationTable;
  evaluation_image: EvaluationImageTable;
  evaluation_judgement: EvaluationJudgementTable;
  dataset_doubt: DatasetDoubtTable;
  image_doubt: ImageDoubtTable;
  proposal_check: ProposalCheckTable;
  control_picture: ControlPictureTable;
}
