import { fillPath, type Job, routes } from '@migaki/api';

const pathByKind = new Map<string, string>([
  ['export', routes.downloadExport.path],
  ['backup', routes.downloadBackup.path],
]);

/** Where the file that a job made can be downloaded; null where it made none, or wrote it to a place of its own. */
export function madeFileUrl({ id, kind, state, result }: Job): string | null {
  const path = pathByKind.get(kind);
  const hasFile = (result as { fileName?: unknown } | null)?.fileName != null;
  return path === undefined || state !== 'succeeded' || !hasFile
    ? null
    : fillPath(path, { jobId: id });
}
