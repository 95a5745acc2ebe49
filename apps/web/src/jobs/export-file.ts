import { fillPath, routes } from '@migaki/api';

/** Where the file that an export made can be downloaded. */
export const exportFileUrl = (jobId: string): string =>
  fillPath(routes.downloadExport.path, { jobId });
