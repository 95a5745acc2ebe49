// Which pictures are controls, for queries and for whoever settles them.

import { type RawBuilder, sql } from 'kysely';

export const controlStates = ['open', 'done'] as const;
export type ControlState = (typeof controlStates)[number];

/** SQL over `image`: whether somebody says that it is finished. */
export const isFinished = sql<boolean>`(image.reviewed_by is not null or image.status in ('review', 'done'))`;

const conditions: Record<ControlState, RawBuilder<boolean>> = {
  open: sql`not ${isFinished}`,
  done: isFinished,
};

/** SQL over `image`: whether it comes without proposals, and is in one of the states. */
export const isControl = (states: readonly ControlState[]): RawBuilder<boolean> => sql`exists (
  select 1 from control_picture c where c.dataset_id = image.dataset_id
    and c.image_id = image.image_id and c.role = 'control'
    and (${sql.join(
      states.map((state) => conditions[state]),
      sql` or `,
    )}))`;
