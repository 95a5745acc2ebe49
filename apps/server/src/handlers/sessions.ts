// Logging in and out, tokens, and whether the workbench is well.

import type { Permission } from '@migaki/api';
import { phrase } from '@migaki/coco';
import {
  type ApiToken,
  createApiToken,
  deleteApiToken,
  listApiTokens,
  type Store,
} from '@migaki/store';
import { type Access, cookieLifetime } from '../http/access.ts';
import type { Handlers } from '../http/handlers.ts';
import { HttpError } from '../http/http-error.ts';
import { time, timeOrNull } from './answers.ts';

type SessionHandlers = Pick<
  Handlers,
  'logIn' | 'getSession' | 'logOut' | 'listTokens' | 'createToken' | 'deleteToken' | 'getHealth'
>;

export function sessionHandlers(store: Store, access: Access, version: string): SessionHandlers {
  return {
    logIn: async ({ body }, { reply }) => {
      const owner = access.ownerOf(body.token);
      if (owner === null) {
        throw new HttpError('not-logged-in', {
          expected: phrase`the login token of this workbench`,
          found: phrase`another one`,
          advice: phrase`It stands in the address that the workbench printed when it started.`,
        });
      }
      reply.setCookie(access.cookieName, access.issueCookie(new Date()), {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        maxAge: cookieLifetime,
      });
      return { user: owner.user, permissions: [...owner.permissions] };
    },
    getSession: async (_, { caller }) => ({
      user: caller.user,
      permissions: [...caller.permissions],
    }),
    logOut: async (_, { reply }) => {
      reply.clearCookie(access.cookieName, { path: '/' });
      return {};
    },
    listTokens: async () => ({ tokens: (await listApiTokens(store)).map(tokenAnswer) }),
    createToken: async ({ body }) => {
      const { secret, ...token } = await createApiToken(store, body);
      return { ...tokenAnswer(token), secret };
    },
    deleteToken: async ({ params }) => {
      await deleteApiToken(store, params.tokenId);
      return {};
    },
    getHealth: async () => {
      await store.pool.query('select 1');
      return { status: 'ok' as const, version };
    },
  };
}

function tokenAnswer({ id, name, permissions, createdAt, lastUsedAt }: ApiToken) {
  return {
    id,
    name,
    permissions: permissions as Permission[],
    createdAt: time(createdAt),
    lastUsedAt: timeOrNull(lastUsedAt),
  };
}
