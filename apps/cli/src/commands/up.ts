import { defineCommand } from '../definition/command.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { dataOption } from '../workbench/data-option.ts';
import { portOf, portOption } from '../workbench/port-option.ts';
import { type ServedWorkbench, serveWorkbench } from '../workbench/serve-workbench.ts';
import { untilSignal } from '../workbench/until-signal.ts';

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
    port: portOption,
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
      help: 'Further folders to import from by path, separated by commas, besides your home and this folder',
      completes: 'folder',
    },
    onlyFolder: {
      kind: 'text',
      placeholder: 'folders',
      help: 'Import by path from these folders alone',
      completes: 'folder',
      conflicts: ['allowFolder'],
    },
    allowEndpoint: {
      kind: 'text',
      placeholder: 'addresses',
      help: 'Further machines whose models may be asked to propose, separated by commas: triton, triton:8000 or https://models.example.org; this one may be unless --host lets others in',
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
    const port = portOf(options.port);
    const signal = untilSignal();
    const workbench = await serveWorkbench({
      data: options.data,
      host: options.host,
      port,
      allowedHosts: listOf(options.allowHost),
      furtherFolders: listOf(options.allowFolder),
      onlyFolders: options.onlyFolder === undefined ? undefined : listOf(options.onlyFolder),
      furtherEndpoints: listOf(options.allowEndpoint),
      note,
    });
    process.stdout.write(greeting(workbench));
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

const listOf = (text: string | undefined): string[] =>
  text === undefined ? [] : text.split(',').flatMap((part) => part.trim() || []);

function greeting({ link, workspaceDir }: ServedWorkbench): string {
  const { paint } = terminalOf(process.stdout);
  return [
    '',
    `  ${paint('bold', 'Migaki')} is ready: ${paint('cyan', link)}`,
    `  Workspace: ${workspaceDir}`,
    `  ${paint('dim', 'Ctrl-C stops everything.')}`,
    '',
    '',
  ].join('\n');
}
