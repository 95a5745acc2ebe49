import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { keepSummary } from '../demo/keep-summary.ts';
import {
  copyProject,
  drawProject,
  nameOfPictures,
  type ProjectFiles,
} from '../demo/project-files.ts';
import { type RoundResult, roundStages, runRound } from '../demo/round.ts';
import { showStages } from '../demo/stages.ts';
import { summaryText } from '../demo/summary.ts';
import { type Terminal, terminalOf } from '../terminal/terminal.ts';
import { counted, thousands } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { freeDatasetName } from '../workbench/find-dataset.ts';
import { portOf, portOption } from '../workbench/port-option.ts';
import { refuseSecondWorkbench, serveWorkbench } from '../workbench/serve-workbench.ts';
import { untilSignal } from '../workbench/until-signal.ts';
import { ownerClient } from '../workbench/with-workbench.ts';
import { workspaceFolder } from '../workbench/workspace-folder.ts';

const usualMinutes = 5;

export const demo = defineCommand({
  name: 'demo',
  summary: 'Go once round with pictures that are drawn for it, or with your own',
  description:
    'Draws 120 pictures of blood cells, and labels a fifth of them to measure with and half of the rest to learn from, with a few ' +
    'labels wrong on purpose. Then it goes once round: trains a detector, evaluates it, lets it propose what is in the other ' +
    'half, finds wrong labels, corrects both as a person would, whose actions are counted, retrains, compares, and keeps the ' +
    'better model as champion. What came of it is told in the end and kept as a file, and the workbench stays open with it ' +
    'until Ctrl-C.\n\n' +
    'With --images and --labels it does the same with copies of up to 400 of your own pictures that have boxes: labels of ' +
    'half of them are hidden, and used to tell what a person would do. Your files are only read.\n\n' +
    'All of it lies in a workspace of its own beside the usual one, .migaki-demo in your home folder or what MIGAKI_HOME names ' +
    'with -demo at its end, which can be deleted at any time. Each run adds a dataset.',
  arguments: {},
  options: {
    images: {
      kind: 'text',
      placeholder: 'folder',
      help: 'Your own pictures instead of drawn ones; with --labels',
      completes: 'folder',
    },
    labels: {
      kind: 'text',
      placeholder: 'file',
      help: 'The COCO file with the boxes of them',
      completes: 'file',
    },
    minutes: {
      kind: 'number',
      placeholder: 'number',
      min: 0.5,
      max: 10_000,
      help: `How long all of it may take (default: ${usualMinutes})`,
    },
    seed: {
      kind: 'number',
      placeholder: 'number',
      whole: true,
      min: 0,
      max: 2 ** 31,
      help: 'Which pictures are drawn and which labels are hidden (default: 0)',
    },
    port: portOption,
    stop: { kind: 'flag', help: 'Stop the workbench in the end instead of leaving it open' },
    data: {
      ...dataOption,
      help: 'The workspace (default: that of MIGAKI_HOME or .migaki in your home folder, with -demo at its end)',
    },
  },
  examples: [
    { command: 'npm run demo', explains: 'Once round in five minutes' },
    {
      command: 'npm run demo -- --images pictures/ --labels instances.json',
      explains: 'With your own pictures',
    },
  ],
  exits: ['input', 'service', 'interrupted', 'terminated'],
  async run({ options, startLiveLine, startProgress, note }) {
    const { images, labels, minutes = usualMinutes, seed = 0 } = options;
    if ((images === undefined) !== (labels === undefined)) {
      throw new CliError(
        'usage',
        `Expected --images and --labels together, found only ${images === undefined ? '--labels' : '--images'}.`,
      );
    }
    const port = portOf(options.port);
    const data = options.data ?? `${workspaceFolder(undefined)}-demo`;
    refuseSecondWorkbench(data);
    const interruption = new AbortController();
    const { signal } = interruption;
    const asked = untilSignal().then((name) => {
      interruption.abort();
      return name;
    });
    const terminal = terminalOf(process.stderr);
    const line = startLiveLine();
    const stages = showStages(
      1 + roundStages,
      line,
      terminal,
      process.stderr.isTTY ? line.keep : (text) => process.stderr.write(`${text}\n`),
    );
    const folder = await mkdtemp(join(tmpdir(), 'migaki-demo-'));
    const own = images !== undefined && labels !== undefined ? { images, labels } : null;
    let served: Awaited<ReturnType<typeof serveWorkbench>> | null = null;
    try {
      const project = await stages.run(
        own === null ? 'Draw pictures' : 'Copy pictures',
        () =>
          own === null ? drawProject(folder, seed) : copyProject(folder, own, seed, startProgress),
        projectText,
      );
      served = await serveWorkbench({ data, port, note });
      const { address, workspaceDir, link, lost } = served;
      const client = await ownerClient(workspaceDir, address);
      const datasetName = await freeDatasetName(
        client,
        own === null ? 'cells' : nameOfPictures(own.images),
      );
      const workbench = { client, signal };
      const result = await runRound({ workbench, folder, project, datasetName, minutes, stages });
      const kept = await keepSummary(client, result, join(workspaceDir, 'demo')).catch((error) => {
        note(`The summary could not be kept: ${error.message}`);
        return null;
      });
      const pageOf = (path: string, query = '?') =>
        link.replace('/?', `/datasets/${result.datasetId}/${path}${query}`);
      const text = (to: Terminal) =>
        summaryText(result, to) +
        (kept === null ? '' : `\n  Kept in ${kept.replace(homedir(), '~')}\n`);
      if (!options.stop) {
        process.stdout.write(text(terminalOf(process.stdout)));
        process.stdout.write(openText(result, pageOf, terminalOf(process.stdout)));
        const endedBy = await Promise.race([asked, lost]);
        if (typeof endedBy !== 'string') throw endedBy;
      }
      return {
        exit: 'ok',
        report: () => ({ ...result, summary: kept, address }),
        text: (to) => (options.stop ? text(to) : 'Stopped.\n'),
      };
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new CliError((await asked) === 'SIGINT' ? 'interrupted' : 'terminated', 'Stopped.');
    } finally {
      await served?.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

const projectText = (project: ProjectFiles): string => {
  const { truth, foundCount, validation, labelled, bare, left, mistakes } = project;
  const count = truth.images.length;
  const made = Object.values(mistakes).reduce((sum, each) => sum + each, 0);
  return (
    `${thousands(count)}${foundCount > count ? ` of ${thousands(foundCount)}` : ''} with ${thousands(truth.annotations.length)} objects; ` +
    `${validation.size} to measure with, ${labelled.size} labelled (${made} wrong on purpose), ${bare.size} bare, ${left.size} left to you`
  );
};

function openText(
  { pictures, waiting }: RoundResult,
  pageOf: (path: string, query?: string) => string,
  { paint }: Terminal,
): string {
  const left = counted(pictures.left, 'picture');
  return [
    '',
    `  What came of it:  ${paint('cyan', pageOf('rounds'))}`,
    `  Your turn:        ${paint('cyan', pageOf('look-over', '?begin=1&'))}`,
    `                    ${left} with ${counted(waiting, 'proposal')} to look over: Enter where all is right`,
    `  ${paint('dim', 'Ctrl-C stops the workbench.')}`,
    '',
    '',
  ].join('\n');
}
