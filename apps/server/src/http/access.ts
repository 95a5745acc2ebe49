// Who is calling and what they may do. One token, printed at start, lets its holder do everything, as Jupyter does
// it; a browser exchanges it for a signed cookie, programs get tokens of their own with fewer permissions.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Permission } from '@migaki/api';
import { phrase } from '@migaki/coco';
import type { FastifyRequest } from 'fastify';
import { localTokenOf } from '../secrets.ts';
import { HttpError } from './http-error.ts';

export interface Caller {
  user: string;
  permissions: readonly Permission[];
  /** Works on this machine as the workspace's owner, and so may name any path that the workbench can reach. */
  isLocal?: boolean;
}

/** Looks up a program's token; null for one that does not exist. */
export type TokenLookup = (secret: string) => Promise<Caller | null>;

export interface AccessOptions {
  /** The workspace's login token. */
  loginToken: string;
  /** Signs cookies. Kept in the workspace, so that a page left open over a restart stays logged in. */
  cookieSecret: string;
  findToken: TokenLookup;
  /** Names and addresses under which the server may be called, without port. */
  allowedHosts: ReadonlySet<string>;
}

/** Seconds. */
export const cookieLifetime = 30 * 24 * 3600;

const everything: readonly Permission[] = ['public', 'read', 'annotate', 'manage', 'admin'];
const owner: Caller = { user: 'owner', permissions: everything };
const localOwner: Caller = { ...owner, isLocal: true };

export type Access = ReturnType<typeof createAccess>;

export function createAccess({ loginToken, cookieSecret, findToken, allowedHosts }: AccessOptions) {
  const signatureOf = (expiry: number): string =>
    createHmac('sha256', cookieSecret).update(`session ${expiry}`).digest('base64url');
  const localToken = localTokenOf({ cookieSecret });
  // Browsers keep cookies by machine, whatever the port: two workbenches on one must not log each other out.
  const cookieName = `migaki-session-${createHmac('sha256', cookieSecret).update('name').digest('hex').slice(0, 8)}`;
  const holderOf = (token: string): Caller | null => {
    if (isSame(token, loginToken)) return owner;
    return isSame(token, localToken) ? localOwner : null;
  };

  return {
    cookieName,

    /** A cookie's value: when it ends, and our signature of that. */
    issueCookie(now: Date): string {
      const expiry = Math.floor(now.getTime() / 1000) + cookieLifetime;
      return `${expiry}.${signatureOf(expiry)}`;
    },

    /** Whoever holds the login token; null for another token. */
    ownerOf: (token: string): Caller | null => (isSame(token, loginToken) ? owner : null),

    /** @returns null where the call carries nothing that is valid */
    async callerOf(request: FastifyRequest, now: Date): Promise<Caller | null> {
      const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return holderOf(bearer) ?? findToken(bearer);
      const [expiryText = '', signature = ''] = (request.cookies[cookieName] ?? '').split('.');
      const expiry = Number(expiryText);
      const isValid =
        Number.isSafeInteger(expiry) &&
        expiry * 1000 > now.getTime() &&
        isSame(signature, signatureOf(expiry));
      return isValid ? owner : null;
    },

    /** @throws HttpError `not-logged-in` or `not-allowed` */
    demand(caller: Caller | null, permission: Permission): Caller {
      if (permission === 'public') return caller ?? { user: 'anyone', permissions: ['public'] };
      if (caller === null) {
        throw new HttpError('not-logged-in', {
          expected: phrase`a session or a bearer token`,
          found: phrase`neither, or one that is not valid any more`,
          advice: phrase`Open the address with the token that the workbench printed when it started.`,
        });
      }
      if (!caller.permissions.includes(permission)) {
        throw new HttpError('not-allowed', {
          expected: phrase`the permission “${permission}”`,
          found: phrase`only ${caller.permissions.join(', ')}`,
        });
      }
      return caller;
    },

    /**
     * Refuses what a page of another site makes a browser send. A host that is not ours means that somebody's name
     * was pointed at this machine (DNS rebinding); a bearer token proves that no browser was tricked.
     *
     * @throws HttpError `cross-site`
     */
    refuseCrossSite(request: FastifyRequest): void {
      const host = request.headers.host ?? '';
      if (!allowedHosts.has(hostNameOf(host))) {
        throw new HttpError('cross-site', {
          where: 'Host',
          expected: phrase`one of ${[...allowedHosts].join(', ')}`,
          found: host,
          advice: phrase`Name further hosts with --allow-host.`,
        });
      }
      if (request.method === 'GET' || request.method === 'HEAD') return;
      if (request.headers.authorization !== undefined) return;
      const site = request.headers['sec-fetch-site'];
      const { origin } = request.headers;
      const isOurs =
        site === undefined
          ? origin === undefined || origin === `${request.protocol}://${host}`
          : site === 'same-origin' || site === 'none';
      if (!isOurs) {
        throw new HttpError('cross-site', {
          expected: phrase`a call from the workbench’s own pages`,
          found: phrase`one from ${origin ?? 'another site'}`,
        });
      }
    },
  };
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `[::1]:4600` → `[::1]` */
function hostNameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
