// What jobs say is kept with its values apart, so that pages can say it in their language.

import type { Migration } from '../migration.ts';

export const phrases: Migration = {
  name: '0007-phrases',
  sql: `
-- A JSON text, or {template, values}: see packages/coco/src/phrase.ts.
alter table job
  alter title type jsonb using to_jsonb(title),
  alter message drop default,
  alter message type jsonb using to_jsonb(message),
  alter message set default '""';
alter table job_log alter text type jsonb using to_jsonb(text);
`,
};
