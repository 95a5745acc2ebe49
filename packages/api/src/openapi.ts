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
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [tag, routes] of Object.entries(groups)) {
    for (const [name, route] of Object.entries(routes)) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = operation(name, tag, route);
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
      schemas: { Error: schemaOf(errorBody, 'output') },
    },
  };
}

function operation(name: string, tag: string, route: Route): Record<string, unknown> {
  return {
    operationId: name,
    summary: route.summary,
    description:
      route.permission === 'public'
        ? 'Needs no login.'
        : `Needs the permission “${route.permission}”.`,
    tags: [tag],
    security: route.permission === 'public' ? [] : [{ token: [] }],
    parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    ...(route.upload && { requestBody: { required: true, content: { [route.upload]: {} } } }),
    responses: {
      200: { description: 'Done.', content: content(route.response) },
      default: {
        description: 'Not done; the body says why.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function content(response: Route['response']): Record<string, unknown> {
  return isStream(response)
    ? { [response.stream]: {} }
    : { 'application/json': { schema: schemaOf(response, 'output') } };
}

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): unknown[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(field as z.ZodType, 'output'),
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return jsonSchema;
}
