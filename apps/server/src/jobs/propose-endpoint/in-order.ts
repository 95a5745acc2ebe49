// Work on many things at once, told in their order: what takes long holds up the telling, and not the work on the next.

/**
 * @param atOnce how many are worked on
 * @param ahead how many may be done, or under way, before the first of them is told
 * @example for await (const answer of inOrder(pictures, { atOnce: 4, ahead: 16 }, ask)) …
 */
export async function* inOrder<Item, Made>(
  items: AsyncIterable<Item>,
  { atOnce, ahead }: { atOnce: number; ahead: number },
  make: (item: Item) => Promise<Made>,
): AsyncGenerator<Made> {
  const begin = limited(atOnce, make);
  const underWay: Promise<Made>[] = [];
  for await (const item of items) {
    const made = begin(item);
    // Told where it is waited for.
    made.catch(() => {});
    underWay.push(made);
    if (underWay.length >= ahead) yield await underWay.shift()!;
  }
  while (underWay.length > 0) yield await underWay.shift()!;
}

/** The same, of which so many are under way at once; others wait for their turn. */
function limited<Item, Made>(
  atOnce: number,
  make: (item: Item) => Promise<Made>,
): (item: Item) => Promise<Made> {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (item) => {
    if (free > 0) free--;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await make(item);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
