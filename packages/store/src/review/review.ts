// That somebody has looked at an object or a picture, as columns of its row. What a person edits, that person has
// looked at; a proposal waits for it, and a change by anybody else undoes it, since it makes another row.

/** That somebody has looked at something. */
export interface Review {
  by: string;
  at: Date;
  /** Under which it was said, or the object became what was looked at. */
  revision: number;
}

export interface ReviewColumns {
  reviewed_by: string | null;
  reviewed_at: Date | null;
  reviewed_revision: number | null;
}

/** The columns of `annotation` and of `image` that hold a `Review`. */
export const reviewColumns = [
  'reviewed_by',
  'reviewed_at',
  'reviewed_revision',
] as const satisfies (keyof ReviewColumns)[];

export function reviewOf({
  reviewed_by,
  reviewed_at,
  reviewed_revision,
}: ReviewColumns): Review | null {
  if (reviewed_by === null || reviewed_at === null || reviewed_revision === null) return null;
  return { by: reviewed_by, at: reviewed_at, revision: reviewed_revision };
}
