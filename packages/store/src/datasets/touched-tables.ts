// Where a revision leaves its traces in images and what is on them: a row that was born or retired in it, or one of a history.

export const touchedTables = [
  ['annotation', 'born'],
  ['annotation', 'retired'],
  ['review_history', 'revision'],
  ['image_life', 'born'],
  ['image_life', 'retired'],
  ['image_history', 'revision'],
  ['comment', 'born'],
  ['comment', 'retired'],
] as const;
