// Which part of their folders tells files of one name apart, as editors do with the tabs of files.

/**
 * The shortest run of folders that no other file of the name lies in, the nearest to the file where several are as short. A `…`
 * stands for folders between it and the file, `.` for none. Only files whose name another one has are in it.
 *
 * @example tellingFolders(['train/a/1.jpg', 'val/a/1.jpg', 'val/2.jpg']) // { 'train/a/1.jpg' => 'train/…', 'val/a/1.jpg' => 'val/…' }
 */
export function tellingFolders(fileNames: Iterable<string>): ReadonlyMap<string, string> {
  // `b/X.JPG` looks like `a/x.jpg` at a glance.
  const byName = Map.groupBy(new Set(fileNames), (path) =>
    path.slice(path.lastIndexOf('/') + 1).toLowerCase(),
  );
  return new Map(
    [...byName.values()].flatMap((paths) => (paths.length === 1 ? [] : tellApart(paths))),
  );
}

function tellApart(paths: readonly string[]): [string, string][] {
  const runsOf = new Map(paths.map((path) => [path, foldersOf(path)]));
  const counts = new Map<string, number>();
  for (const folders of runsOf.values()) {
    for (const run of new Set(runs(folders).map(({ key }) => key))) {
      counts.set(run, (counts.get(run) ?? 0) + 1);
    }
  }
  return [...runsOf].map(([path, folders]) => {
    const telling = runs(folders).find(({ key }) => counts.get(key) === 1);
    const { first, end } = telling ?? { first: 0, end: folders.length };
    const shown = [...folders.slice(first, end), ...(end < folders.length ? ['…'] : [])];
    return [path, shown.length === 0 ? '.' : shown.join('/')];
  });
}

const foldersOf = (path: string): string[] => path.split('/').slice(0, -1);

/** The shortest first, and of those the nearest to the file. */
function runs(folders: readonly string[]) {
  const found: { first: number; end: number; key: string }[] = [];
  for (let length = 1; length <= folders.length; length++) {
    for (let end = folders.length; end >= length; end--) {
      const first = end - length;
      found.push({ first, end, key: folders.slice(first, end).join('/') });
    }
  }
  return found;
}
