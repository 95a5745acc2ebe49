// What stands behind each route. The table must be total: a route without a handler does not compile.

import type { RouteName, RouteRequest, RouteResult, Routes } from '@migaki/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './access.ts';

/** What a handler may need of the call beyond its parsed request. */
export interface Call {
  caller: Caller;
  raw: FastifyRequest;
  /** For routes that answer with a stream: set headers here and return what is to be sent. */
  reply: FastifyReply;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
}

export type Handler<Name extends RouteName> = (
  request: RouteRequest<Routes[Name]>,
  call: Call,
) => Promise<RouteResult<Routes[Name]>>;

export type Handlers = { [Name in RouteName]: Handler<Name> };
