// Who may call: the login token of the workbench, sessions of browsers, tokens for programs.

import { z } from 'zod';
import { permissions, route } from '../route.ts';
import { nothing, timestamp } from './common.ts';

export const session = z.object({
  user: z.string(),
  permissions: z.array(z.enum(permissions)),
});

export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
});

export const sessionRoutes = {
  logIn: route({
    method: 'POST',
    path: '/api/session',
    summary: 'Exchange the login token for a session cookie',
    permission: 'public',
    body: z.object({ token: z.string() }),
    response: session,
  }),
  getSession: route({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is calling',
    permission: 'read',
    response: session,
  }),
  logOut: route({
    method: 'DELETE',
    path: '/api/session',
    summary: 'End the session',
    permission: 'read',
    response: nothing,
  }),
  listTokens: route({
    method: 'GET',
    path: '/api/tokens',
    summary: 'Tokens for programs, without their secrets',
    permission: 'admin',
    response: z.object({ tokens: z.array(apiToken) }),
  }),
  createToken: route({
    method: 'POST',
    path: '/api/tokens',
    summary: 'Make a token; its secret is shown this once',
    permission: 'admin',
    body: z.object({
      name: z.string().trim().min(1).max(200),
      permissions: z.array(z.enum(permissions)).min(1),
    }),
    response: apiToken.extend({ secret: z.string() }),
  }),
  deleteToken: route({
    method: 'DELETE',
    path: '/api/tokens/:tokenId',
    summary: 'Withdraw a token',
    permission: 'admin',
    params: z.object({ tokenId: z.uuid() }),
    response: nothing,
  }),
  getHealth: route({
    method: 'GET',
    path: '/api/health',
    summary: 'Whether the workbench and its database answer',
    permission: 'public',
    response: z.object({ status: z.literal('ok'), version: z.string() }),
  }),
};
