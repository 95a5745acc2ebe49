// OpenAPI 3.1 from the routes: its schemas are JSON Schema 2020-12, which is what zod writes.

import { z } from 'zod';
import { errorBody } from './api-error.ts';
import { isStream, type Route } from './route.ts';

export interface OpenApiInfo {
  title: string;
  version: string;
  description?: string;
}

/**
 * @param groups routes by noun; each noun becomes a tag, each route's name its operation id
 * @returns a document for `/api/openapi.json`
 */
export function openApiDocument(
  groups: Record<string, Record<string, Route>>,
  info: OpenApiInfo,
): Record<string, unknown> {
  const schemas = new SharedSchemas();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [tag, routes] of Object.entries(groups)) {
    for (const [name, route] of Object.entries(routes)) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = operation(name, tag, route, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info,
    tags: Object.keys(groups).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token or the login token.' },
      },
      schemas: { Error: schemas.of(errorBody, 'output'), ...schemas.shared },
    },
  };
}

function operation(
  name: string,
  tag: string,
  route: Route,
  schemas: SharedSchemas,
): Record<string, unknown> {
  return {
    operationId: name,
    summary: route.summary,
    description:
      route.permission === 'public'
        ? 'Needs no login.'
        : `Needs the permission “${route.permission}”.`,
    tags: [tag],
    security: route.permission === 'public' ? [] : [{ token: [] }],
    parameters: [
      ...parameters('path', route.params, schemas),
      ...parameters('query', route.query, schemas),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.of(route.body, 'input') } },
      },
    }),
    ...(route.upload && { requestBody: { required: true, content: { [route.upload]: {} } } }),
    responses: {
      200: { description: 'Done.', content: content(route.response, schemas) },
      default: {
        description: 'Not done; the body says why.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function content(response: Route['response'], schemas: SharedSchemas): Record<string, unknown> {
  return isStream(response)
    ? { [response.stream]: {} }
    : { 'application/json': { schema: schemas.of(response, 'output') } };
}

function parameters(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  schemas: SharedSchemas,
): unknown[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: schemas.of(field as z.ZodType, 'output'),
  }));
}

/** Schemas for places in the document. What one of them names to speak of itself, as any JSON value does, is kept for all. */
class SharedSchemas {
  readonly shared: Record<string, unknown> = {};
  readonly #names = new Map<string, string>();

  of(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
    const written = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    const { $schema: _, $defs = {}, ...own } = written;
    const names = Object.fromEntries(
      Object.entries($defs).map(([local, definition]) => [local, this.#nameOf(definition)]),
    );
    const placed = (part: unknown) =>
      JSON.parse(
        JSON.stringify(part).replaceAll(
          /"#\/\$defs\/([^"]+)"/g,
          (_, local) => `"#/components/schemas/${names[local]}"`,
        ),
      );
    for (const [local, definition] of Object.entries($defs)) {
      this.shared[names[local]] ??= placed(definition);
    }
    return placed(own);
  }

  #nameOf(definition: unknown): string {
    const text = JSON.stringify(definition);
    const known = this.#names.get(text) ?? `Part${this.#names.size + 1}`;
    this.#names.set(text, known);
    return known;
  }
}
