// A persistent map from object ids, in the order in which objects came: a weight-balanced tree after Adams (1992), with
// the balance that Hirai and Yamamoto proved right (2011). Every change shares all but one path with the map before.

/**
 * Ids from 0 on are those of the server's annotations. Below 0 are objects that were made here: the server knows them by
 * another id, see `save/identities.ts`.
 */
export type ObjectId = number;

type Tree<Value> = Node<Value> | null;

interface Node<Value> {
  readonly id: ObjectId;
  readonly value: Value;
  readonly size: number;
  readonly left: Tree<Value>;
  readonly right: Tree<Value>;
}

/** The server's ids upwards, then what was made here: −1 first, as the first that was. */
export function comesBefore(a: ObjectId, b: ObjectId): boolean {
  if (a < 0 !== b < 0) return b < 0;
  return a < 0 ? a > b : a < b;
}

/**
 * @example
 * const one = ObjectMap.from([[7, 'a']]);
 * const two = one.set(8, 'b'); // one still has size 1
 */
export class ObjectMap<Value> implements Iterable<[ObjectId, Value]> {
  static readonly #none = new ObjectMap<never>(null);
  readonly #root: Tree<Value>;

  private constructor(root: Tree<Value>) {
    this.#root = root;
  }

  static empty<Value>(): ObjectMap<Value> {
    return ObjectMap.#none;
  }

  /** In any order; a later entry of the same id counts. */
  static from<Value>(entries: Iterable<readonly [ObjectId, Value]>): ObjectMap<Value> {
    const sorted = [...new Map(entries)].sort(([a], [b]) => (comesBefore(a, b) ? -1 : 1));
    const build = (start: number, end: number): Tree<Value> => {
      if (start === end) return null;
      const middle = (start + end) >> 1;
      const [id, value] = sorted[middle];
      return node(id, value, build(start, middle), build(middle + 1, end));
    };
    return new ObjectMap(build(0, sorted.length));
  }

  /**
   * The ids under which two maps differ, in order. What they share is passed over: the time grows with what has changed.
   *
   * @example ObjectMap.changedIds(map, map.set(8, 'b')); // [8]
   */
  static changedIds<Value>(before: ObjectMap<Value>, after: ObjectMap<Value>): ObjectId[] {
    const ids: ObjectId[] = [];
    findChanges(before.#root, after.#root, ids);
    return ids;
  }

  get size(): number {
    return sizeOf(this.#root);
  }

  get(id: ObjectId): Value | undefined {
    let tree = this.#root;
    while (tree !== null && tree.id !== id)
      tree = comesBefore(id, tree.id) ? tree.left : tree.right;
    return tree?.value;
  }

  has(id: ObjectId): boolean {
    let tree = this.#root;
    while (tree !== null && tree.id !== id)
      tree = comesBefore(id, tree.id) ? tree.left : tree.right;
    return tree !== null;
  }

  set(id: ObjectId, value: Value): ObjectMap<Value> {
    return new ObjectMap(inserted(this.#root, id, value));
  }

  /** The map itself where the id is not in it. */
  delete(id: ObjectId): ObjectMap<Value> {
    return this.has(id) ? new ObjectMap(removed(this.#root, id)) : this;
  }

  *[Symbol.iterator](): Iterator<[ObjectId, Value]> {
    const path: Node<Value>[] = [];
    for (let tree = this.#root; tree !== null || path.length > 0; ) {
      for (; tree !== null; tree = tree.left) path.push(tree);
      const next = path.pop()!;
      yield [next.id, next.value];
      tree = next.right;
    }
  }

  *keys(): Generator<ObjectId> {
    for (const [id] of this) yield id;
  }

  *values(): Generator<Value> {
    for (const [, value] of this) yield value;
  }
}

const sizeOf = (tree: Tree<unknown>): number => (tree === null ? 0 : tree.size);

const node = <Value>(
  id: ObjectId,
  value: Value,
  left: Tree<Value>,
  right: Tree<Value>,
): Node<Value> => ({ id, value, size: sizeOf(left) + sizeOf(right) + 1, left, right });

/** A side may weigh three times the other; a rotation is single while the inner grandchild weighs less than two outer ones. */
const isHeavy = (side: Tree<unknown>, other: Tree<unknown>): boolean =>
  sizeOf(side) + 1 > 3 * (sizeOf(other) + 1);
const turnsOnce = (inner: Tree<unknown>, outer: Tree<unknown>): boolean =>
  sizeOf(inner) + 1 < 2 * (sizeOf(outer) + 1);

function balanced<Value>(
  id: ObjectId,
  value: Value,
  left: Tree<Value>,
  right: Tree<Value>,
): Node<Value> {
  if (right !== null && isHeavy(right, left)) {
    if (turnsOnce(right.left, right.right)) {
      return node(right.id, right.value, node(id, value, left, right.left), right.right);
    }
    const inner = right.left!;
    return node(
      inner.id,
      inner.value,
      node(id, value, left, inner.left),
      node(right.id, right.value, inner.right, right.right),
    );
  }
  if (left !== null && isHeavy(left, right)) {
    if (turnsOnce(left.right, left.left)) {
      return node(left.id, left.value, left.left, node(id, value, left.right, right));
    }
    const inner = left.right!;
    return node(
      inner.id,
      inner.value,
      node(left.id, left.value, left.left, inner.left),
      node(id, value, inner.right, right),
    );
  }
  return node(id, value, left, right);
}

function inserted<Value>(tree: Tree<Value>, id: ObjectId, value: Value): Node<Value> {
  if (tree === null) return node(id, value, null, null);
  if (tree.id === id) return node(id, value, tree.left, tree.right);
  return comesBefore(id, tree.id)
    ? balanced(tree.id, tree.value, inserted(tree.left, id, value), tree.right)
    : balanced(tree.id, tree.value, tree.left, inserted(tree.right, id, value));
}

function removed<Value>(tree: Tree<Value>, id: ObjectId): Tree<Value> {
  if (tree === null) return null;
  if (tree.id !== id) {
    return comesBefore(id, tree.id)
      ? balanced(tree.id, tree.value, removed(tree.left, id), tree.right)
      : balanced(tree.id, tree.value, tree.left, removed(tree.right, id));
  }
  if (tree.left === null) return tree.right;
  if (tree.right === null) return tree.left;
  let next = tree.right;
  while (next.left !== null) next = next.left;
  return balanced(next.id, next.value, tree.left, removed(tree.right, next.id));
}

function findChanges<Value>(before: Tree<Value>, after: Tree<Value>, ids: ObjectId[]): void {
  if (before === after) return;
  if (before === null) {
    // Everything is new.
    findChanges(after, before, ids);
    return;
  }
  const { below, own, above } = splitAt(after, before.id);
  findChanges(before.left, below, ids);
  if (own === null || own.value !== before.value) ids.push(before.id);
  findChanges(before.right, above, ids);
}

/** What comes before an id, what is under it, and what comes after. Not balanced, and new only along one path. */
function splitAt<Value>(
  tree: Tree<Value>,
  id: ObjectId,
): { below: Tree<Value>; own: Tree<Value>; above: Tree<Value> } {
  if (tree === null) return { below: null, own: null, above: null };
  if (tree.id === id) return { below: tree.left, own: tree, above: tree.right };
  if (comesBefore(id, tree.id)) {
    const { below, own, above } = splitAt(tree.left, id);
    return { below, own, above: node(tree.id, tree.value, above, tree.right) };
  }
  const { below, own, above } = splitAt(tree.right, id);
  return { below: node(tree.id, tree.value, tree.left, below), own, above };
}
