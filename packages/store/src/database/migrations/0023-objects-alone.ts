// Objects are looked at without what is around them. What was seen with it is not to be compared with that, so it is forgotten;
// whoever compares the objects anew has it again.

import type { Migration } from '../migration.ts';

export const objectsAlone: Migration = {
  name: '0023-objects-alone',
  sql: `
delete from object_vector;
delete from object_embedding;
delete from dataset_object_embedding;
`,
};
