import { existsSync } from 'node:fs';
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
    const server = await import('@migaki/server');
    const workspaceDir = workspaceFolder(options.data);
    refuseSecondWorkbench(
      workspaceDir,
      existsSync(workspaceDir) ? server.findWorkspaceHolder(workspaceDir) : null,
    );
    const host = options.host ?? '127.0.0.1';
    const port = await chosenPort(options.port, (ports) => server.firstFreePort(host, ports));
    const signal = untilSignal();
    const pages = await server.openWebApp({
      onBuild: () => note('building the pages, which takes a few seconds the first time'),
    });
    if (pages.folder === null) note(`only the API answers: ${pages.why}`);
    const workbench = await server.startWorkbench({
      workspaceDir,
      host,
      port,
      webFolder: pages.folder ?? undefined,
      allowedHosts: listOf(options.allowHost),
      ...(options.allowFolder !== undefined && { allowedFolders: listOf(options.allowFolder) }),
      onEvent: (event) => note(eventText(event)),
    });
    process.stdout.write(greeting(workbench.address, workbench.loginToken, workspaceDir));
    const endedBy = await signal;
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

function refuseSecondWorkbench(
  workspaceDir: string,
  holder: ReturnType<Server['findWorkspaceHolder']>,
): void {
  if (holder === null) return;
  const where = holder.address === null ? '' : ` It answers at ${holder.address}`;
  throw new CliError(
    'service',
    `Process ${holder.pid} on ${holder.host} has the workspace ${workspaceDir} open since ` +
      `${holder.since}.${where} Use it, stop it, or name another workspace with --data.`,
  );
}

async function chosenPort(
  asked: string | undefined,
  firstFree: (ports: Iterable<number>) => Promise<number | null>,
): Promise<number> {
  if (asked === undefined) {
    const ports = Array.from({ length: furtherPorts }, (_, index) => usualPort + index);
    return (await firstFree(ports)) ?? 0;
  }
  const port = Number(asked);
  if (!/^\d+$/.test(asked) || port > 65_535) {
    throw new CliError('usage', `--port: expected a number from 0 to 65535, found ${asked}.`);
  }
  if ((await firstFree([port])) !== null) return port;
  throw new CliError(
    'service',
    `Expected port ${port} to be free, found another program on it. Name another one, or leave --port out.`,
  );
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
  const { event: database } = event;
  switch (database.kind) {
    case 'leftovers-stopped':
      return 'stopped a database that an earlier workbench left running';
    case 'crashed':
      return `the database ended (${database.how}) and is started again`;
    case 'restarted':
      return 'the database is back';
    case 'gave-up':
      return `the database does not stay up: ${String(database.error)}`;
  }
}
