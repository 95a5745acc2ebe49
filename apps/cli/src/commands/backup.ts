import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { leftoversOf } from '../files/unfinished.ts';
import { refuseToReplaceFile } from '../files/write-file.ts';
import { transferText } from '../reports/transfer.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { dataOption } from '../workbench/data-option.ts';
import { followJob } from '../workbench/follow-job.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

export const backup = defineCommand({
  name: 'backup',
  summary: 'Save everything of the workspace in one file',
  description:
    'Writes all datasets with their versions and history, and all pictures, as they are at one moment; people may ' +
    'go on working. The file is a zip, and appears when it is complete. Thumbnails are left out, since they come ' +
    'again; so are jobs, the login token and API tokens, which belong to this workspace alone.\n\n' +
    'Ends with 1 where pictures that the datasets name are gone or damaged on the disk; everything else is saved.\n\n' +
    'Uses the workbench that has the workspace open, else the workspace itself.',
  arguments: { file: { help: 'The new file, which ends in .zip', completes: 'file' } },
  options: {
    overwrite: { kind: 'flag', help: 'Replace a file that is there' },
    data: dataOption,
  },
  examples: [
    { command: 'npx migaki backup /backups/monday.zip', explains: 'Everything, into one file' },
  ],
  exits: ['problems', 'input', 'output', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { file }, options, startProgress, note }) {
    if (!file.toLowerCase().endsWith('.zip')) {
      throw new CliError('usage', `Expected a file that ends in .zip, found ${file}.`);
    }
    await refuseToReplaceFile(file, options.overwrite);
    for (const leftover of await leftoversOf(file)) {
      note(`${leftover} is left from a run that was killed. It can be deleted.`);
    }
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const started = await workbench.client.startBackup({ body: { path: resolve(file) } });
      const { result } = await followJob(workbench, started.job, startProgress);
      const { missingPictureCount } = result as { missingPictureCount: number };
      return {
        exit: missingPictureCount === 0 ? 'ok' : 'problems',
        report: () => ({ path: file, ...(plainEnglish(result) as object) }),
        text: (terminal) => transferText(result, terminal),
      };
    });
  },
});
