// The HTTP server: what every answer has in common, then the routes, then the pages.

import fastifyCookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import { openApiDocument, routeGroups } from '@migaki/api';
import { phrase } from '@migaki/coco';
import scalar from '@scalar/fastify-api-reference';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Uploads } from '../uploads/uploads.ts';
import type { Access } from './access.ts';
import type { Handlers } from './handlers.ts';
import { errorAnswer, HttpError } from './http-error.ts';
import { parseJson } from './parse-json.ts';
import { registerRoutes } from './register-routes.ts';
import { registerUploads } from './register-uploads.ts';

export interface HttpServerOptions {
  handlers: Handlers;
  access: Access;
  uploads: Uploads;
  /** Of the product, for the API page. */
  version: string;
  log: FastifyBaseLogger;
  /** Folder of the built web app; without it only the API answers. */
  webFolder?: string;
}

/** Bytes of a JSON body; files come by other ways. */
const maxBodyBytes = 64 << 20;

/** Styles are inline because the component library writes some at run time; scripts never are. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { handlers, access, uploads, version, log, webFolder } = options;
  const app = fastify({
    loggerInstance: log,
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
  });
  await app.register(fastifyCookie);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_: unknown, body: string) => (body === '' ? undefined : parseJson(body)),
  );

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-resource-policy': 'same-origin',
    });
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    access.refuseCrossSite(request);
  });
  app.setErrorHandler((error, request, reply) => {
    const { status, body, isFault } = errorAnswer(error, request.id);
    if (isFault) request.log.error(error);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/');
    // The web app has addresses of its own, which the browser asks for after a reload.
    if (isPage && webFolder !== undefined) return reply.sendFile('index.html');
    throw new HttpError('no-such-route', {
      expected: phrase`an address of the API`,
      found: phrase`${request.method} ${request.url}`,
      advice: phrase`The API page at /api/docs lists them.`,
    });
  });

  registerRoutes(app, handlers, access);
  await registerUploads(app, uploads, access);
  await registerApiPage(app, version);
  if (webFolder !== undefined) {
    await app.register(fastifyStatic, {
      root: webFolder,
      immutable: true,
      maxAge: '1y',
      setHeaders: freshIndex,
    });
  }
  return app;
}

/** Everything the build names carries its hash in its name, the first page does not. */
function freshIndex(reply: FastifyReply, path: string): void {
  if (path.endsWith('index.html')) reply.header('cache-control', 'no-cache');
}

async function registerApiPage(app: FastifyInstance, version: string): Promise<void> {
  const document = openApiDocument(routeGroups, { title: 'Migaki', version });
  app.get('/api/openapi.json', async () => document);
  await app.register(async (scope) => {
    // This page alone, of a library, starts its script inline and tries whether it may compile its checks.
    const scripts = "script-src 'self' 'unsafe-inline' 'unsafe-eval'";
    scope.addHook('onRequest', async (_, reply) => {
      reply.header('content-security-policy', `${contentSecurityPolicy}; ${scripts}`);
    });
    await scope.register(scalar, {
      routePrefix: '/api/docs',
      // Neither fonts nor anything else from another site.
      configuration: {
        content: document,
        withDefaultFonts: false,
        telemetry: false,
        showDeveloperTools: 'never',
        hideClientButton: true,
        agent: { disabled: true },
        mcp: { disabled: true },
      },
    });
  });
}
