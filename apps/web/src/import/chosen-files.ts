// Files that a person dropped or chose, with their places in the folders that came with them.

export interface ChosenFile {
  file: File;
  /** `day1/a.jpg`: with `/`, without a leading one. */
  path: string;
}

/** What systems leave in folders and nobody means to import. */
const leftovers = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX\/.*|\._[^/]*)$/;

/** @param file with `path` as drop zones give it, or `webkitRelativePath` as a folder's file input does */
export function chosenFile(file: File & { path?: string }): ChosenFile {
  const path = file.path || file.webkitRelativePath || file.name;
  return { file, path: path.replaceAll('\\', '/').replace(/^(\.?\/)+/, '') };
}

export function withoutLeftovers(files: readonly ChosenFile[]): ChosenFile[] {
  return files.filter(({ path }) => !leftovers.test(path));
}

const kinds: Record<string, RegExp> = {
  pictures: /\.(jpe?g|png|webp|avif|gif|tiff?|bmp|jp2|heic)$/i,
  archives: /\.zip$/i,
  videos: /\.(mp4|mov|mkv|avi|webm|m4v)$/i,
  labels: /\.(json|txt|xml|csv|ya?ml|ndjson|jsonl)$/i,
};
export type FileKind = 'pictures' | 'labels' | 'archives' | 'videos' | 'others';

export interface FileSummary {
  count: number;
  bytes: number;
  kinds: [kind: FileKind, count: number][];
  /** A name for a dataset of them: their common folder, or the only file. */
  name: string;
}

/** @example summarize([{ path: 'cells/a.jpg', file }]).name // 'cells' */
export function summarize(files: readonly ChosenFile[]): FileSummary {
  const counts = new Map<FileKind, number>();
  for (const { path } of files) {
    const kind = (Object.keys(kinds).find((name) => kinds[name].test(path)) ??
      'others') as FileKind;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return {
    count: files.length,
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
    kinds: [...counts],
    name: nameOf(files.map(({ path }) => path)),
  };
}

function nameOf(paths: readonly string[]): string {
  const folders = new Set(paths.map((path) => (path.includes('/') ? path.split('/')[0] : '')));
  const [folder] = folders;
  if (folders.size === 1 && folder !== '') return folder;
  const archive = paths.find((path) => kinds.archives.test(path) || kinds.videos.test(path));
  const named = archive ?? (paths.length === 1 ? paths[0] : undefined);
  return named?.replace(/^.*\//, '').replace(/\.[^.]+$/, '') ?? '';
}

/** @example freeName('cells', new Set(['cells', 'cells 2'])) // 'cells 3' */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
  return free;
}
