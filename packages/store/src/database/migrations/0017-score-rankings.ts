// What was found in an evaluation by how sure the model was, from which the scores for a wanted precision are told.

import type { Migration } from '../migration.ts';

export const scoreRankings: Migration = {
  name: '0017-score-rankings',
  sql: `
-- By class; empty for what was measured before, and where nothing that was found has a score.
alter table evaluation add column rankings jsonb not null default '[]';
`,
};
