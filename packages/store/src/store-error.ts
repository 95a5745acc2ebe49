// The one error type of this package for what a person or a client did, or what the machine lacks. A fault of
// our own is a plain Error. One table gives code, HTTP status and meaning, so that the API documents them all.

import { type Fault, faultPhrase, inEnglish, phrase } from '@migaki/coco';

/** Every way in which a call into the store can be refused, with the HTTP status that says it. */
export const storeErrorCodes = {
  'dataset-not-found': { httpStatus: 404, meaning: 'There is no dataset with this id.' },
  'image-not-found': { httpStatus: 404, meaning: 'The dataset has no image with this id.' },
  'image-deleted': {
    httpStatus: 410,
    meaning: 'The image is in the trash, with all its annotations.',
  },
  'annotation-not-found': {
    httpStatus: 404,
    meaning: 'The dataset has no annotation with this id, or it was removed.',
  },
  'comment-not-found': {
    httpStatus: 404,
    meaning: 'The dataset has no comment with this id, or it was deleted.',
  },
  'proposal-check-not-found': {
    httpStatus: 404,
    meaning: 'The dataset has no such sample of proposals.',
  },
  'category-not-found': { httpStatus: 404, meaning: 'The dataset has no such category.' },
  'version-not-found': { httpStatus: 404, meaning: 'The dataset has no version with this name.' },
  'revision-not-found': { httpStatus: 404, meaning: 'The dataset never had this revision.' },
  'saved-view-not-found': {
    httpStatus: 404,
    meaning: 'The dataset has no saved view of this name.',
  },
  'run-not-found': { httpStatus: 404, meaning: 'There is no run with this id.' },
  'run-file-not-found': { httpStatus: 404, meaning: 'The run has no file of this path.' },
  'model-not-found': { httpStatus: 404, meaning: 'There is no such model, version or alias.' },
  'api-token-not-found': { httpStatus: 404, meaning: 'There is no such token.' },
  'name-taken': { httpStatus: 409, meaning: 'Something else of the kind has this name already.' },
  'category-in-use': { httpStatus: 409, meaning: 'Objects still have the category.' },
  'changed-meanwhile': {
    httpStatus: 409,
    meaning: 'Someone else changed the same thing after it was read.',
  },
  'not-yours': { httpStatus: 403, meaning: 'Only who wrote it can change or delete it.' },
  'bad-name': { httpStatus: 422, meaning: 'The name cannot be used.' },
  'bad-query': { httpStatus: 422, meaning: 'The query cannot be understood.' },
  'bad-edit': { httpStatus: 422, meaning: 'The edit does not describe a possible change.' },
  'bad-import': { httpStatus: 422, meaning: 'The file cannot be imported as it is.' },
  'bad-preannotation': {
    httpStatus: 422,
    meaning: 'The model cannot look at the dataset as asked.',
  },
  'endpoint-failed': {
    httpStatus: 502,
    meaning: 'What was to propose over HTTP cannot be reached, or answers with errors alone.',
  },
  'bad-export': { httpStatus: 422, meaning: 'The dataset cannot be exported like that.' },
  'newer-database': {
    httpStatus: 503,
    meaning: 'The database was written by a newer version of the program.',
  },
  // postgres/
  'workspace-in-use': { httpStatus: 409, meaning: 'Another workbench has this workspace open.' },
  'database-unsupported-platform': {
    httpStatus: 503,
    meaning: 'There is no embedded database for this platform.',
  },
  'database-no-unprivileged-user': {
    httpStatus: 503,
    meaning: 'The embedded database cannot run as root and there is no other user.',
  },
  'database-version-mismatch': {
    httpStatus: 503,
    meaning: 'The database folder was made by another version of PostgreSQL.',
  },
  'database-damaged': { httpStatus: 503, meaning: 'The database folder cannot be read.' },
  'database-start-failed': { httpStatus: 503, meaning: 'The embedded database does not start.' },
  'database-unreachable': {
    httpStatus: 503,
    meaning: 'The database that DATABASE_URL names does not let us in.',
  },
  'database-in-use': {
    httpStatus: 409,
    meaning: 'Another workbench uses the database that DATABASE_URL names.',
  },
  'disk-full': { httpStatus: 507, meaning: 'There is no space left on the disk.' },
  // blobs/
  'blob-not-found': { httpStatus: 404, meaning: 'There is no blob with this hash.' },
  'blob-damaged': { httpStatus: 500, meaning: 'A blob no longer has the content it had.' },
  'blob-mismatch': { httpStatus: 422, meaning: 'The content does not have the announced hash.' },
  'tile-not-found': { httpStatus: 404, meaning: 'The picture has no such tile.' },
  'bad-range': { httpStatus: 416, meaning: 'The range lies outside the blob.' },
  // runs/, models/
  'run-state': { httpStatus: 409, meaning: 'The state or kind of the run does not allow this.' },
  'evaluation-not-found': { httpStatus: 404, meaning: 'There is no such evaluation.' },
  'bad-evaluation': {
    httpStatus: 422,
    meaning: 'The model cannot be measured on the dataset as asked.',
  },
  'model-in-use': { httpStatus: 409, meaning: 'An alias points at the version.' },
  // backup/
  'bad-backup': { httpStatus: 422, meaning: 'The file is no backup, or not a whole one.' },
  'newer-backup': {
    httpStatus: 422,
    meaning: 'The backup was made by a newer version of the program.',
  },
  'workspace-not-empty': { httpStatus: 409, meaning: 'There is data that would be replaced.' },
  'workspace-busy': { httpStatus: 409, meaning: 'Jobs are under way that the call would disturb.' },
  // jobs/
  'job-not-found': { httpStatus: 404, meaning: 'There is no job with this id.' },
  'job-state': { httpStatus: 409, meaning: 'The state of the job does not allow this.' },
} as const satisfies Record<string, { httpStatus: number; meaning: string }>;

export type StoreErrorCode = keyof typeof storeErrorCodes;

/**
 * Thrown for what cannot be done as asked. `message` is one sentence fit to be shown as it is.
 *
 * @example
 * throw new StoreError('name-taken', {
 *   expected: phrase`a name that is free`, found: phrase`a dataset ${'"blood cells"'}`,
 *   advice: phrase`Choose another name.`,
 * });
 */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly details: Fault;

  constructor(code: StoreErrorCode, details: Fault, options?: ErrorOptions) {
    super(inEnglish(faultPhrase(details)), options);
    this.name = 'StoreError';
    this.code = code;
    this.details = details;
  }

  get httpStatus(): number {
    return storeErrorCodes[this.code].httpStatus;
  }
}

/** What is said where the database is away, in place of the driver's words, which tell a person nothing. */
export const databaseAway: Fault = {
  expected: phrase`the database to answer`,
  found: phrase`that it does not at the moment`,
  advice: phrase`Nothing is lost; try again.`,
};
