// How a file's name is cut where it is too long for its place: in the middle, since the names of a dataset differ at
// their end.

/** Characters that fit anywhere. */
const longestWhole = 12;
/** As many digits tell a million pictures apart. */
const endOfStem = /^(.+?)((?!\p{M}).{5,6})(\.[a-z\d]{1,5})?$/isu;

export interface NameParts {
  /** What gives way. */
  start: string;
  /** What stays. */
  end: string;
  extension: string;
}

/** @example nameParts('day2/COCO_val_000139.jpg') // { start: 'COCO_val_', end: '000139', extension: '.jpg' } */
export function nameParts(fileName: string): NameParts {
  const name = fileName.slice(fileName.lastIndexOf('/') + 1);
  const parts = name.length > longestWhole ? endOfStem.exec(name) : null;
  const [, start = '', end = name, extension = ''] = parts ?? [];
  return { start, end, extension };
}
