import { sql } from 'kysely';

/** SQL: the tags of an image with some more and some fewer, each once, in order. */
export function retagged(add: readonly string[] = [], remove: readonly string[] = []) {
  return sql`array(
    select distinct tag from unnest(image.tags || ${[...add]}::text[]) as tag
    where tag <> all(${[...remove]}::text[]) order by tag)`;
}
