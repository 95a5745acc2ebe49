// When a suspicion is still one. Nothing tells it of changes: it is looked up in what the dataset says now, so that it goes
// when its label is corrected, and comes back when that is undone.

import { sql } from 'kysely';
import { contentDigest } from '../annotations/content-sql.ts';

/** From this overlap (IoU) on two boxes are of one object. */
export const sameObjectIou = 0.5;

/** SQL: whether an object `a` is where the model finds one; of whole pictures, whether it says the same. */
const isAtPlace = sql`case when s.bbox is null
  then a.bbox_x is null and a.category_id = s.category_id
  else (
    select shared > 0 and shared >= ${sameObjectIou} *
      (a.bbox_width * a.bbox_height + s.bbox[3] * s.bbox[4] - shared)
    from (select
      greatest(0, least(a.bbox_x + a.bbox_width, s.bbox[1] + s.bbox[3]) - greatest(a.bbox_x, s.bbox[1])) *
      greatest(0, least(a.bbox_y + a.bbox_height, s.bbox[2] + s.bbox[4]) - greatest(a.bbox_y, s.bbox[2]))
        as shared) as overlap)
  end`;

const isLiveThere = sql`
  a.dataset_id = s.dataset_id and a.image_id = s.image_id and a.retired is null`;

/**
 * SQL: whether a suspicion `s` is of what the dataset says now, and nobody has dismissed it. That its picture is there must be
 * asked besides.
 */
export const isOpen = sql<boolean>`(
  s.dismissed_at is null and s.is_settled
  and exists (
    select 1 from category c where c.dataset_id = s.dataset_id
      and c.category_id = s.category_id and c.retired is null)
  and case when s.annotation_id is null
    then not exists (
      select 1 from annotation a where ${isLiveThere}
        and (a.state <> 'rejected' or a.category_id = s.category_id) and ${isAtPlace})
    else exists (
      select 1 from annotation a where ${isLiveThere} and a.annotation_id = s.annotation_id
        and a.state = 'accepted' and ${contentDigest('a')} = s.label_digest)
  end)`;
