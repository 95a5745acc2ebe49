// A workbench of this process with its pages: what stays open until somebody ends it.

import { existsSync } from 'node:fs';
import { findWorkspaceHolder } from '@migaki/server/running-workbench';
import { CliError } from '../cli-error.ts';
import { thousands } from '../terminal/words.ts';
import { workspaceFolder } from './workspace-folder.ts';

export const usualPort = 4600;
/** How many ports after the usual one are tried. */
const furtherPorts = 50;

export interface ServeOptions {
  /** `--data` */
  data: string | undefined;
  host?: string;
  /** Where left out, the usual one or the next that is free. */
  port?: number;
  allowedHosts?: string[];
  /** Besides the user's home and this folder. */
  furtherFolders?: string[];
  /** In place of all of them. */
  onlyFolders?: string[];
  /** Besides this machine, which is among them unless others are let in. */
  furtherEndpoints?: string[];
  /** Hears what should be known: that pages are built, that a database came back. */
  note: (text: string) => void;
}

export interface ServedWorkbench extends Workbench {
  workspaceDir: string;
  /** Logs whoever opens it in. */
  link: string;
}

type Server = typeof import('@migaki/server');
type Workbench = Awaited<ReturnType<Server['startWorkbench']>>;

/** @throws CliError `service` where another process has the workspace open, or the address cannot be listened on */
export async function serveWorkbench(options: ServeOptions): Promise<ServedWorkbench> {
  const {
    data,
    host = '127.0.0.1',
    allowedHosts,
    furtherFolders = [],
    onlyFolders,
    furtherEndpoints = [],
    note,
  } = options;
  refuseSecondWorkbench(data);
  const workspaceDir = workspaceFolder(data);
  const server = await import('@migaki/server');
  const port = await chosenPort(options.port, host, server);
  const pages = await server.openWebApp({
    onBuild: () => note('building the pages, which takes a few seconds the first time'),
  });
  if (pages.folder === null) note(`only the API answers: ${pages.why}`);
  const workbench = await server
    .startWorkbench({
      workspaceDir,
      host,
      port,
      webFolder: pages.folder ?? undefined,
      allowedHosts,
      allowedFolders: onlyFolders ?? [...server.usualFolders(), ...furtherFolders],
      allowedEndpoints: [...server.usualEndpoints(host), ...furtherEndpoints],
      onEvent: (event) => note(eventText(event)),
    })
    .catch((error) => {
      throw cannotListen(error, host, port);
    });
  const { address, loginToken } = workbench;
  return { ...workbench, workspaceDir, link: `${address}/?token=${loginToken}` };
}

/** @throws CliError `service` where another process has the workspace open */
export function refuseSecondWorkbench(data: string | undefined): void {
  const workspaceDir = workspaceFolder(data);
  const holder = existsSync(workspaceDir) ? findWorkspaceHolder(workspaceDir) : null;
  if (holder === null) return;
  const where = holder.address === null ? '' : ` (${holder.address})`;
  throw new CliError(
    'service',
    `Process ${holder.pid} on ${holder.host} has the workspace ${workspaceDir} open since ` +
      `${holder.since}. Use it${where}, stop it, or name another workspace with --data.`,
  );
}

async function chosenPort(
  asked: number | undefined,
  host: string,
  { firstFreePort }: Server,
): Promise<number> {
  const port = asked ?? usualPort;
  const further = asked === undefined ? furtherPorts : 0;
  const ports = Array.from({ length: 1 + further }, (_, index) => port + index);
  const free = await firstFreePort(host, ports).catch((error) => {
    throw cannotListen(error, host, port);
  });
  if (free !== null) return free;
  if (asked === undefined) return 0;
  throw cannotListen({ code: 'EADDRINUSE' }, host, port);
}

/** What to do about an address that cannot be listened on; any other error as it is. */
function cannotListen(error: unknown, host: string, port: number): unknown {
  const who = process.platform === 'win32' ? `netstat -ano | findstr :${port}` : `lsof -i :${port}`;
  const sentences: Record<string, string> = {
    EADDRINUSE:
      `Expected port ${port} to be free on ${host}, found another program on it, which \`${who}\` names. ` +
      'Stop it, name another port with --port, or leave --port out to have a free one chosen.',
    EACCES:
      `Expected a port that you may listen on, found ${port}, which the system keeps for itself. ` +
      `Name one from 1024 on, or leave --port out.`,
    EADDRNOTAVAIL: `--host: expected an address of this machine, found ${host}. Try 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `--host: expected an address of this machine, found ${host}. Try 127.0.0.1 or 0.0.0.0.`,
  };
  const sentence = sentences[(error as { code?: string }).code ?? ''];
  return sentence === undefined ? error : new CliError('service', sentence);
}

function eventText(
  event: Parameters<NonNullable<Parameters<Server['startWorkbench']>[0]['onEvent']>>[0],
): string {
  if (event.kind === 'worker-ended') return `a worker ended (${event.how}); another one takes over`;
  if (event.kind === 'fault') return event.message;
  if (event.kind === 'pictures-elsewhere') {
    const { folder, checked, missing } = event;
    return (
      `${thousands(missing)} of ${thousands(checked)} pictures and files of this database that were looked for are not in ${folder}: ` +
      'it was used with another workspace. Stop, and name that one with --data or MIGAKI_HOME; where it is lost, import the ' +
      'pictures again, which brings them back'
    );
  }
  const { event: database } = event;
  switch (database.kind) {
    case 'leftovers-stopped':
      return 'stopped a database that an earlier workbench left running';
    case 'crashed':
      return `the database ended (${database.how}) and is started again`;
    case 'restarted':
      return 'the database is back';
    case 'waiting-for-space':
      return 'the disk is full; the database is started as soon as there is space';
    case 'unreachable':
      return `the database does not answer (${database.why}); trying again`;
    case 'reachable':
      return 'the database answers again';
    case 'taken':
      return 'another workbench has taken the database; stopping';
    case 'gave-up':
      return `the database does not stay up: ${String(database.error)}`;
  }
}
