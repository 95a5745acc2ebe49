// Which tables a backup carries. A test holds the two lists below against the schema, so that a new table is in one.

import type { Tables } from '../database/tables.ts';

/** Everything that a user owns, and the counts of it, which would take long to make again. */
export const carriedTables = Object.keys({
  dataset: true,
  revision: true,
  category: true,
  image: true,
  image_life: true,
  image_history: true,
  annotation: true,
  review_history: true,
  comment: true,
  work_time: true,
  work_time_object: true,
  image_category: true,
  image_origin: true,
  image_tally: true,
  version: true,
  blob: true,
  saved_view: true,
  run: true,
  run_point: true,
  run_sample: true,
  run_file: true,
  model: true,
  model_version: true,
  model_alias: true,
  deleted_model_version: true,
  label_suspicion: true,
  dataset_embedding: true,
  image_embedding: true,
  dataset_object_embedding: true,
  object_embedding: true,
  next_to_label: true,
  evaluation: true,
  evaluation_image: true,
  evaluation_judgement: true,
  dataset_doubt: true,
  image_doubt: true,
  proposal_check: true,
  control_picture: true,
} satisfies Record<keyof Tables, true>);

/** What earlier migrations made and later ones packed into the tables above: backups of that time carry them. */
const formerTables = ['image_score'];

/** Every table that a backup of any time may carry. */
export const everCarriedTables: readonly string[] = [...carriedTables, ...formerTables];

/** What stays as it is in the workspace into which a backup is restored, and why. */
export const leftOutTables: Record<string, string> = {
  migration: 'A backup names its migrations itself.',
  job: 'A job is about files and processes of its workspace; what it did is in the revisions.',
  job_log: 'Goes with its job.',
  embedding: 'Large, and made again of the pictures and the model; no row is of one dataset.',
  object_vector: 'As embedding.',
  api_token: 'Whoever gets hold of a backup must not get in anywhere with it.',
};

/** In every carried table, a column of this name names a blob that belongs to the backup. */
export const blobColumn = 'sha256';
