// Blobs that are sent as files to be saved, and files that are sent to become blobs.

import type { FastifyReply } from 'fastify';

/** As an attachment that no browser shows, whatever is in it. */
export function attach(
  reply: FastifyReply,
  { fileName, byteSize, mediaType }: { fileName: string; byteSize: number; mediaType: string },
): void {
  reply.headers({
    'content-type': mediaType,
    'content-length': byteSize,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'content-security-policy': "default-src 'none'; sandbox",
  });
}

const mediaTypes: Record<string, string> = {
  csv: 'text/csv',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
};

export const mediaTypeOf = (path: string): string =>
  mediaTypes[/\.(\w+)$/.exec(path)?.[1].toLowerCase() ?? ''] ?? 'application/octet-stream';
