// Files of uploads, by the tus protocol. They are never handed out again: there is no GET.

import type { FastifyInstance } from 'fastify';
import type { Uploads } from '../uploads/uploads.ts';
import type { Access } from './access.ts';

export async function registerUploads(
  app: FastifyInstance,
  uploads: Uploads,
  access: Access,
): Promise<void> {
  await app.register(async (scope) => {
    // The body goes to the disk as it comes, never into memory.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const url of ['/api/uploads/:uploadId/files', '/api/uploads/:uploadId/files/*']) {
      scope.route({
        method: ['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS'],
        url,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          access.demand(await access.callerOf(request, new Date()), 'annotate');
          const { uploadId } = request.params as { uploadId: string };
          for (const [name, value] of Object.entries(reply.getHeaders())) {
            if (value !== undefined) reply.raw.setHeader(name, value);
          }
          await uploads.handle(uploadId, request.raw, reply.raw);
          reply.hijack();
        },
      });
    }
  });
}
