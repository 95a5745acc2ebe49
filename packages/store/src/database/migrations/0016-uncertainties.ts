// How unsure models are of pictures, kept beside what they see in them, so that a picture is looked at once for both.

import type { Migration } from '../migration.ts';

export const uncertainties: Migration = {
  name: '0016-uncertainties',
  sql: `
-- 0 to 1; null where it was not asked.
alter table embedding add column uncertainty float4;
`,
};
