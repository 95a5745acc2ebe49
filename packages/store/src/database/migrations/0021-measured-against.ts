// How many of the labels that a model was measured on are accepted proposals of a model: those speak for it.

import type { Migration } from '../migration.ts';

export const measuredAgainst: Migration = {
  name: '0021-measured-against',
  sql: `
-- Null for what was measured before, and where labels are no objects.
alter table evaluation add column measured_against jsonb;
`,
};
