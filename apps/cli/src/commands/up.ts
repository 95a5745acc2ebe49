import { existsSync } from 'node:fs';
import { findWorkspaceHolder, type WorkspaceHolder } from '@migaki/server/running-workbench';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { dataOption } from '../workbench/data-option.ts';
import { untilSignal } from '../workbench/until-signal.ts';
import { workspaceFolder } from '../workbench/workspace-folder.ts';

const usualPort = 4600;
/** How many ports after the usual one are tried. */
const furtherPorts = 50;

export const up = defineCommand({
  name: 'up',
  summary: 'Start the workbench and print its address',
  description:
    'Starts the database, the server, the workers and the pages, prints an address with a login ' +
    'token and runs until Ctrl-C. The workspace is a folder that holds everything: MIGAKI_HOME ' +
    'names it, else it is .migaki in your home folder. With DATABASE_URL that PostgreSQL is used ' +
    'instead of one of its own.\n\n' +
    'Nobody else can reach the workbench unless --host says so.',
  arguments: {},
  options: {
    port: {
      kind: 'text',
      placeholder: 'number',
      help: `The port (default: ${usualPort}, or the next that is free)`,
    },
    data: dataOption,
    host: {
      kind: 'text',
      placeholder: 'address',
      help: 'The address to listen on (default: 127.0.0.1; 0.0.0.0 lets others in)',
    },
    allowHost: {
      kind: 'text',
      placeholder: 'names',
      help: 'Further names under which it may be called, separated by commas',
    },
    allowFolder: {
      kind: 'text',
      placeholder: 'folders',
      help: 'Folders to import from by path, separated by commas (default: your home and this folder)',
      completes: 'folder',
    },
  },
  examples: [
    { command: 'npx migaki up', explains: 'Start, and open the address that is printed' },
    {
      command: 'npx migaki up --data /data/cells --port 8080',
      explains: 'Another workspace on a port of your choice',
    },
  ],
  exits: ['service'],
  async run({ options, note }) {
    const askedPort = portOf(options.port);
    const workspaceDir = workspaceFolder(options.data);
    refuseSecondWorkbench(
      workspaceDir,
      existsSync(workspaceDir) ? findWorkspaceHolder(workspaceDir) : null,
    );
    const server = await import('@migaki/server');
    const host = options.host ?? '127.0.0.1';
    const port = await chosenPort(askedPort, host, server);
    const signal = untilSignal();
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
        allowedHosts: listOf(options.allowHost),
        ...(options.allowFolder !== undefined && { allowedFolders: listOf(options.allowFolder) }),
        onEvent: (event) => note(eventText(event)),
      })
      .catch((error) => {
        throw cannotListen(error, host, port);
      });
    process.stdout.write(greeting(workbench.address, workbench.loginToken, workspaceDir));
    const endedBy = await Promise.race([signal, workbench.lost]);
    if (typeof endedBy !== 'string') throw endedBy;
    note(`stopping (${endedBy})`);
    await workbench.stop();
    return {
      exit: 'ok',
      report: () => ({ address: workbench.address, endedBy }),
      text: () => 'Stopped.\n',
    };
  },
});

type Server = typeof import('@migaki/server');

function refuseSecondWorkbench(workspaceDir: string, holder: WorkspaceHolder | null): void {
  if (holder === null) return;
  const where = holder.address === null ? '' : ` It answers at ${holder.address}`;
  throw new CliError(
    'service',
    `Process ${holder.pid} on ${holder.host} has the workspace ${workspaceDir} open since ` +
      `${holder.since}.${where} Use it, stop it, or name another workspace with --data.`,
  );
}

/** @throws CliError `usage` */
function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CliError('usage', `--port: expected a number from 0 to 65535, found ${text}.`);
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

const listOf = (text: string | undefined): string[] =>
  text === undefined ? [] : text.split(',').flatMap((part) => part.trim() || []);

function greeting(address: string, token: string, workspaceDir: string): string {
  const { paint } = terminalOf(process.stdout);
  return [
    '',
    `  ${paint('bold', 'Migaki')} is ready: ${paint('cyan', `${address}/?token=${token}`)}`,
    `  Workspace: ${workspaceDir}`,
    `  ${paint('dim', 'Ctrl-C stops everything.')}`,
    '',
    '',
  ].join('\n');
}

function eventText(
  event: Parameters<NonNullable<Parameters<Server['startWorkbench']>[0]['onEvent']>>[0],
): string {
  if (event.kind === 'worker-ended') return `a worker ended (${event.how}); another one takes over`;
  if (event.kind === 'fault') return event.message;
  if (event.kind === 'pictures-elsewhere') {
    return 'the pictures of this database are not in this workspace; was it used with another folder? See --data';
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
