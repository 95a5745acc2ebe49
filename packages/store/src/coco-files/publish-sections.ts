// Keeps what a file holds besides records: info, licenses, sections of other tools.

import { isDeepStrictEqual } from 'node:util';
import { encodeJson } from '../database/json-codec.ts';
import type { Work } from '../datasets/revise.ts';
import type { StagedFile } from './staging.ts';

/**
 * The first file that has a section gives it. Of later ones, elements of arrays that are not there yet are added; other
 * differences are reported and the dataset's own is kept. Answers whether anything changed.
 */
export async function publishSections(
  { transaction, datasetId }: Pick<Work<never>, 'transaction' | 'datasetId'>,
  file: StagedFile,
): Promise<boolean> {
  if (file.isResults) return false;
  const { sections: known, record_sections: knownRecords } = await transaction
    .selectFrom('dataset')
    .select(['sections', 'record_sections'])
    .where('id', '=', datasetId)
    .executeTakeFirstOrThrow();
  const sections = new Map(Object.entries(known));
  let isChanged = false;
  for (const [name, value] of Object.entries(file.sections)) {
    const own = sections.get(name);
    if (!sections.has(name)) {
      sections.set(name, value);
    } else if (Array.isArray(own) && Array.isArray(value)) {
      const texts = new Set(own.map(canonicalText));
      const added = value.filter((element) => !texts.has(canonicalText(element)));
      if (added.length === 0) continue;
      sections.set(name, [...own, ...added]);
    } else {
      if (!isDeepStrictEqual(own, value)) file.leftOut.add('section-kept', name);
      continue;
    }
    isChanged = true;
  }
  const recordSections = [...new Set([...knownRecords, ...file.recordSections])];
  isChanged ||= recordSections.length > knownRecords.length;
  if (isChanged) {
    await transaction
      .updateTable('dataset')
      .set({
        sections: encodeJson(Object.fromEntries(sections)),
        record_sections: recordSections,
      })
      .where('id', '=', datasetId)
      .execute();
  }
  return isChanged;
}

/** The same text for equal values, in whatever order their keys stand. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
