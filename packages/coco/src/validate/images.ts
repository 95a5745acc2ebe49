// Checks of one record of `images`.

import { safePath } from '../convert/safe-path.ts';
import { type FieldRecord, numberInText, textField, withFields } from './fields.ts';
import type { RecordLog } from './problem.ts';

/** @param seenFileNames grows by this image's name; shared by all images of the file */
export function checkImage(
  record: FieldRecord,
  log: RecordLog,
  seenFileNames: Set<string>,
): FieldRecord {
  let image = textField(record, 'file_name', log);
  for (const side of ['width', 'height']) image = checkSide(image, side, log);
  const name = image.file_name;
  if (typeof name === 'string') {
    if (!isSafePath(name)) {
      log.add('unsafe-file-name', '.file_name', {
        expected: 'a path that stays inside the folder of the pictures',
        found: name,
      });
    }
    if (seenFileNames.has(name)) {
      log.add('duplicate-file-name', '.file_name', { expected: 'a name of its own', found: name });
    }
    seenFileNames.add(name);
  }
  return image;
}

function checkSide(image: FieldRecord, side: string, log: RecordLog): FieldRecord {
  const value = image[side];
  if (Number.isSafeInteger(value) && (value as number) > 0) return image;
  if (value === undefined) {
    log.add('missing-field', `.${side}`, { expected: 'pixels, a positive integer', found: value });
    return image;
  }
  const meant = numberInText(value);
  const isRepairable = meant !== undefined && Number.isSafeInteger(meant) && meant > 0;
  log.add('bad-image-size', `.${side}`, {
    expected: 'pixels, a positive integer',
    found: value,
    repair: isRepairable ? `now ${meant}` : null,
  });
  return isRepairable ? withFields(image, { [side]: meant }) : image;
}

/** Whether a file name stays inside its folder, for checks that report instead of throwing. */
export function isSafePath(name: string): boolean {
  try {
    safePath(name);
    return true;
  } catch {
    return false;
  }
}
