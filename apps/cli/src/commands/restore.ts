import { resolve } from 'node:path';
import { defineCommand } from '../definition/command.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { followJob } from '../workbench/follow-job.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const restore = defineCommand({
  name: 'restore',
  summary: 'Bring back what a backup holds',
  description:
    'Restores a backup into an empty workspace. With --replace it takes the place of what is there, all at once: ' +
    'until everything is checked and complete the workspace stays as it was, and whatever ends the command before ' +
    'leaves it so. Backups of older versions are brought up to date.\n\n' +
    'Uses the workbench that has the workspace open, else the workspace itself. No other jobs may be under way. ' +
    'The login token and API tokens of the workspace stay; its list of jobs begins anew.',
  arguments: { file: { help: 'A file that migaki backup made', completes: 'file' } },
  options: {
    replace: { kind: 'flag', help: 'Replace all data of the workspace' },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki restore monday.zip --data new-workspace/',
      explains: 'Into a new workspace, to look at it or to move',
    },
    {
      command: 'npx migaki restore monday.zip --replace',
      explains: 'Everything as it was on Monday',
    },
  ],
  exits: ['input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { file }, options, startProgress, note }) {
    return withWorkbench(
      { data: options.data, runsJobs: true, noteNew: note },
      async (workbench) => {
        const { replace } = options;
        const started = await workbench.client.startRestore({
          body: { path: resolve(file), replace },
        });
        const { result } = await followJob(workbench, started.job, startProgress);
        return {
          exit: 'ok',
          report: () => plainEnglish(result),
          text: (terminal) => transferText(result, terminal),
        };
      },
    );
  },
});
