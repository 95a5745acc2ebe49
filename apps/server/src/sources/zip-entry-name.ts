// The name of a file in a zip. The format knows two encodings, UTF-8 where a flag says so and CP437 else (APPNOTE 4.4.4,
// appendix D); archivers without the flag write what their system has. On Japanese Windows that is Shift_JIS.

import { type Entry, getFileNameLowLevel } from 'yauzl';

const utf8Flag = 0x0800;
/** Info-ZIP's field with the name in UTF-8, beside another one. */
const unicodePathField = 0x7075;
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * @example
 * zipEntryName(entry) // '画像/あ.jpg', whoever packed it
 */
export function zipEntryName(
  entry: Pick<Entry, 'fileNameRaw' | 'generalPurposeBitFlag' | 'extraFields'>,
): string {
  const { fileNameRaw, generalPurposeBitFlag, extraFields } = entry;
  const fileName = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  const isSaid =
    (generalPurposeBitFlag & utf8Flag) !== 0 ||
    extraFields.some(({ id }) => id === unicodePathField);
  if (isSaid) return fileName;
  const guessed = decoded(fileNameRaw, 'utf-8') ?? japaneseOf(fileNameRaw) ?? fileName;
  return guessed.replaceAll('\\', '/');
}

/** Bytes of CP437 may by chance be Shift_JIS, but hardly Japanese letters. */
function japaneseOf(bytes: Uint8Array): string | null {
  const name = decoded(bytes, 'shift_jis');
  return name !== null && japanese.test(name) ? name : null;
}

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'shift_jis'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
