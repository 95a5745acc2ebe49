// What people say of a picture, of a place in it or of one of its objects, as threads: the first comment and its replies.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';

export interface Comment {
  /** UUID. */
  commentId: string;
  text: string;
  author: string;
  writtenAt: Date;
  /** Null where the text is as it was written. */
  editedAt: Date | null;
  /** The revision that made it as it is. */
  born: number;
}

export interface CommentThread extends Comment {
  imageId: number;
  /** The object that it is about. */
  annotationId: number | null;
  /** Where it is pinned, pixels of the picture. */
  at: [x: number, y: number] | null;
  resolved: { by: string; at: Date } | null;
  /** The first one first. */
  replies: Comment[];
}

/** SQL: whether a row `c` is the first of a thread that is not settled. */
export const isOpenThread = sql<boolean>`
  c.retired is null and c.reply_to is null and c.resolved_at is null`;

interface CommentRow {
  comment_id: string;
  image_id: number;
  annotation_id: number | null;
  reply_to: string | null;
  x: number | null;
  y: number | null;
  text: string;
  author: string;
  written_at: Date;
  edited_at: Date | null;
  resolved_by: string | null;
  resolved_at: Date | null;
  born: number;
}

/** The threads of an image, those that are not settled first, then in the order in which they were begun. */
export async function commentsOf(
  store: Store,
  datasetId: number,
  imageId: number,
): Promise<CommentThread[]> {
  const { rows } = await sql<CommentRow>`
    select * from comment
    where dataset_id = ${datasetId} and image_id = ${imageId} and retired is null
    order by resolved_at is not null, written_at, row_id`.execute(databaseOf(store));
  const replies = Map.groupBy(rows, ({ reply_to }) => reply_to);
  return (replies.get(null) ?? []).map((row) => ({
    ...comment(row),
    imageId: row.image_id,
    annotationId: row.annotation_id,
    at: row.x === null || row.y === null ? null : [row.x, row.y],
    resolved:
      row.resolved_by === null || row.resolved_at === null
        ? null
        : { by: row.resolved_by, at: row.resolved_at },
    replies: (replies.get(row.comment_id) ?? []).map(comment),
  }));
}

function comment(row: CommentRow): Comment {
  return {
    commentId: row.comment_id,
    text: row.text,
    author: row.author,
    writtenAt: row.written_at,
    editedAt: row.edited_at,
    born: row.born,
  };
}
