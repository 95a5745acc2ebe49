// How good a model was on a version of a dataset: together, by picture and by object.

import type { Migration } from '../migration.ts';

export const evaluations: Migration = {
  name: '0012-evaluations',
  sql: `
create table evaluation (
  id int generated always as identity primary key,
  task text not null,
  -- What it was called; the version goes when that is deleted.
  model_name text not null,
  model_version_id int references model_version on delete set null,
  -- The dataset as it was: name, version, revision. The id goes with the dataset, the rest stays.
  dataset_id int references dataset on delete set null,
  dataset jsonb not null,
  -- Whether the model has learned from pictures of the dataset.
  is_trained_on bool not null,
  -- In the order of the confusion matrix, and of what is told of each.
  classes jsonb not null,
  metrics jsonb not null,
  per_class jsonb not null,
  primary_metric text not null,
  -- From which score on what was found counts; null where none is used.
  score_threshold float8,
  confusion jsonb not null,
  curves jsonb not null,
  calibration jsonb not null,
  image_count int not null,
  -- Of what was left out, and why.
  left_out jsonb not null,
  -- The same job makes one, however often it is done again.
  job_id uuid not null unique,
  created_by text not null,
  created_at timestamptz not null default now()
);
create index evaluation_version on evaluation (model_version_id);
create index evaluation_dataset on evaluation (dataset_id);

create table evaluation_image (
  evaluation_id int not null references evaluation on delete cascade,
  image_id bigint not null,
  -- The sum of that of its mistakes.
  wrongness float8 not null,
  right_count int not null,
  mistake_count int not null,
  primary key (evaluation_id, image_id)
);

-- What became of each object, found or true, and of each picture where the task is about pictures.
create table evaluation_judgement (
  evaluation_id int not null references evaluation on delete cascade,
  position int not null,
  image_id bigint not null,
  outcome text not null,
  annotation_id bigint,
  true_category_id bigint,
  predicted_category_id bigint,
  score float8,
  iou float8 not null,
  -- Left, top, right, bottom; pixels.
  true_box float8[],
  predicted_box float8[],
  true_value float8,
  predicted_value float8,
  -- From 0, right, to 1, quite wrong.
  wrongness float8 not null,
  primary key (evaluation_id, position)
);
create index evaluation_judgement_image on evaluation_judgement (evaluation_id, image_id);
create index evaluation_judgement_outcome on evaluation_judgement (evaluation_id, outcome, wrongness);
`,
};
