// With which shares of controls and mistakes a dataset is measured: what the next pre-annotation goes on with.

import type { Migration } from '../migration.ts';

export const controlShares: Migration = {
  name: '0022-control-shares',
  sql: `
-- Null where nobody has asked for any: as { "controls": 0, "mistakes": 0 }.
alter table dataset add column control_shares jsonb;

update dataset set control_shares = newest.shares from (
  select distinct on (dataset_id) dataset_id, jsonb_build_object(
    'controls', coalesce(params -> 'controls', '0'), 'mistakes', coalesce(params -> 'mistakes', '0')) as shares
  from job where kind in ('preannotate', 'propose-results', 'propose-endpoint') and dataset_id is not null
  order by dataset_id, number desc) as newest
where newest.dataset_id = dataset.id;
`,
};
