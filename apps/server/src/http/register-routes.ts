// One function for every route: checks, parses, calls the handler, answers. What a route promises in `packages/api`
// is enforced here and nowhere else.

import type { ServerResponse } from 'node:http';
import { isStream, type Route, type RouteName, routes } from '@migaki/api';
import { inEnglish, type Phrase, phrase } from '@migaki/coco';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Access } from './access.ts';
import type { Call, Handlers } from './handlers.ts';
import { HttpError } from './http-error.ts';
import { unknownField } from './unknown-field.ts';

type AnyHandler = (
  request: { params: unknown; query: unknown; body: unknown },
  call: Call,
) => Promise<unknown>;

export function registerRoutes(app: FastifyInstance, handlers: Handlers, access: Access): void {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const handle = handlers[name] as AnyHandler;
    const register = (scope: FastifyInstance) =>
      scope.route({
        method: route.method,
        url: route.path,
        handler: (request, reply) => answer(route, handle, access, request, reply),
      });
    if (route.upload === undefined) register(app);
    else {
      app.register(async (scope) => {
        // The handler reads the body itself, piece by piece.
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
        register(scope);
      });
    }
  }
}

async function answer(
  route: Route,
  handle: AnyHandler,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const caller = access.demand(await access.callerOf(request, new Date()), route.permission);
  const parsed = {
    params: parsedPart(route.params, request.params, 'path'),
    query: parsedPart(route.query, request.query, 'query'),
    body: parsedPart(route.body, request.body, 'body'),
  };
  const signal = untilGone(reply.raw);
  const result = await handle(parsed, { caller, raw: request, reply, signal });
  if (isStream(route.response)) return result;
  return reply.type('application/json').send(JSON.stringify(result ?? {}));
}

/** Aborts when nobody waits for the answer any more, at once where that was so before the caller was known. */
function untilGone(response: ServerResponse): AbortSignal {
  if (response.closed) return AbortSignal.abort();
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

const seeApiPage = phrase`The API page at /api/docs says what each call takes.`;

type Part = 'path' | 'query' | 'body';

/** @throws HttpError `bad-request`, naming the field */
function parsedPart(schema: z.ZodType | undefined, value: unknown, part: Part): unknown {
  refuseNul(value, [part]);
  if (schema === undefined) {
    refuseUnknown(z.object({}), value ?? {}, {}, part);
    return undefined;
  }
  const { success, data, error } = schema.safeParse(value ?? {});
  if (success) {
    refuseUnknown(schema, value ?? {}, data, part);
    return data;
  }
  const [issue] = error.issues;
  const where = [part, ...issue.path].join('.');
  const found = issue.path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
    value,
  );
  throw new HttpError('bad-request', {
    where,
    expected: expectedBy(issue),
    found: found === undefined ? phrase`nothing` : JSON.stringify(found).slice(0, 100),
    advice: seeApiPage,
  });
}

/** @throws HttpError `bad-request` for the one character that PostgreSQL keeps in no text */
function refuseNul(value: unknown, path: readonly string[]): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new HttpError('bad-request', {
      where: path.join('.'),
      expected: phrase`text without the character U+0000`,
      found: JSON.stringify(value).slice(0, 100),
    });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    refuseNul(key, path);
    refuseNul(inner, [...path, key]);
  }
}

/** @throws HttpError `bad-request` for what nobody reads: who sent it believes that it is read */
function refuseUnknown(schema: z.ZodType, given: unknown, read: unknown, part: Part): void {
  const unknown = unknownField(schema, given, read);
  if (unknown === null) return;
  const known = unknown.known.join(', ');
  const [expected, none] =
    part === 'query'
      ? [phrase`one of the parameters ${known}`, phrase`no parameters`]
      : [phrase`one of the fields ${known}`, phrase`no fields`];
  throw new HttpError('bad-request', {
    where: [part, ...unknown.path].join('.'),
    expected: known === '' ? none : expected,
    found: unknown.name.slice(0, 100),
    advice: seeApiPage,
  });
}

function expectedBy(issue: z.core.$ZodIssue): Phrase {
  switch (issue.code) {
    case 'invalid_type':
      return phrase`a value of type ${issue.expected}`;
    case 'invalid_value':
      return phrase`one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return atLeast(issue.origin, Number(issue.minimum));
    case 'too_big':
      return atMost(issue.origin, Number(issue.maximum));
    case 'invalid_union': {
      if (issue.errors.length === 0) return phrase`a known ${issue.discriminator ?? 'value'}`;
      const alternatives = issue.errors.map(([first]) => {
        const path = first.path.map((step) => `${String(step)}:`).join(' ');
        return path === '' ? expectedBy(first) : phrase`${path} ${expectedBy(first)}`;
      });
      return alternatives.reduce((all, next) =>
        inEnglish(all).split(', or ').includes(inEnglish(next)) ? all : phrase`${all}, or ${next}`,
      );
    }
    case 'invalid_format':
      // Patterns of ours say themselves what they expect.
      return issue.message.startsWith('Invalid ')
        ? phrase`a value of the format ${issue.format}`
        : phrase`${issue.message}`;
    default:
      return phrase`${issue.message}`;
  }
}

const atLeast = (origin: string, bound: number): Phrase =>
  origin === 'string'
    ? phrase`${bound} or more characters`
    : origin === 'array'
      ? phrase`${bound} or more items`
      : phrase`a number of ${bound} or more`;

const atMost = (origin: string, bound: number): Phrase =>
  origin === 'string'
    ? phrase`${bound} or less characters`
    : origin === 'array'
      ? phrase`${bound} or less items`
      : phrase`a number of ${bound} or less`;
