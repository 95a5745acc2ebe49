// Which picture a label file means. Labels say `0001.jpg` where the picture lies in `images/0001.jpg`, or give the path
// of another machine; but `train/0001.jpg` and `val/0001.jpg` are different pictures and never taken for each other.

/** Finds names of which a given one is the end, or which are the end of it. */
export interface NameIndex {
  has(name: string): boolean;
  /** All that could be meant, the exact one first. */
  candidates(name: string): readonly string[];
}

/** File names come composed or decomposed, depending on the system that wrote them. */
const comparable = (name: string): string => name.replaceAll('\\', '/').normalize('NFC');
const baseNameOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
const isEndOf = (end: string, name: string): boolean => name === end || name.endsWith(`/${end}`);

export function indexNames(names: Iterable<string>): NameIndex {
  const byBaseName = new Map<string, string[]>();
  const exact = new Set<string>();
  for (const name of names) {
    exact.add(name);
    const key = baseNameOf(comparable(name));
    const alike = byBaseName.get(key);
    if (alike === undefined) byBaseName.set(key, [name]);
    else alike.push(name);
  }
  return {
    has: (name) => exact.has(name),
    candidates(name) {
      const wanted = comparable(name);
      const alike = byBaseName.get(baseNameOf(wanted)) ?? [];
      const fitting = alike.filter((each) => {
        const other = comparable(each);
        return isEndOf(wanted, other) || isEndOf(other, wanted);
      });
      const isExact = (each: string) => (each === name ? 0 : 1);
      return fitting.sort((a, b) => isExact(a) - isExact(b));
    },
  };
}

/**
 * Of several pictures the one that lies nearest to the label file: in its folder, in one of its own or of the name
 * that the label file gives its split (`instances_val2017.json` and `val2017/`).
 *
 * @returns null where none is nearer than the others
 */
export function nearest(candidates: readonly string[], labelPath: string): string | null {
  if (candidates.length < 2) return candidates[0] ?? null;
  const labelFolders = labelPath.split('/').slice(0, -1);
  const stem = baseNameOf(labelPath).replace(/\.[^.]*$/, '');
  const nearness = (path: string): number => {
    const folders = path.split('/').slice(0, -1);
    const shared = folders.findIndex((folder, depth) => folder !== labelFolders[depth]);
    const depth = shared === -1 ? folders.length : shared;
    const isOfSplit = folders.some((folder) => folder !== '' && stem.endsWith(folder));
    return depth * 2 + (isOfSplit ? 1 : 0);
  };
  const ranked = candidates
    .map((path) => ({ path, nearness: nearness(path) }))
    .sort((a, b) => b.nearness - a.nearness);
  return ranked[0].nearness > ranked[1].nearness ? ranked[0].path : null;
}
