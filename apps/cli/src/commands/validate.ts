import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type CocoFile,
  type Problem,
  type ProblemCode,
  problemKinds,
  validateCoco,
  writeCoco,
} from '@migaki/coco';
import { defineCommand } from '../definition/command.ts';
import { fileError } from '../files/file-error.ts';
import { readCocoFile, readGroundTruth } from '../files/read-coco-file.ts';
import { refuseToReplaceFile, writeFileWhole } from '../files/write-file.ts';
import { validationReport, validationText } from '../reports/validation.ts';

const shownExamples = 3;

export const validate = defineCommand({
  name: 'validate',
  summary: 'Find what is wrong in a COCO file, and repair it',
  description:
    'Checks every record of a COCO file (instances, keypoints, captions, panoptic or results): ids, ' +
    'references, boxes, polygons, masks, areas, keypoints. Each problem is told with its place, what ' +
    'was expected and what was found.\n\n' +
    'With --repair a copy is written in which all that has only one meaning is put right. What nothing can ' +
    'be made of is left out, and each is told: records that are no objects or stand twice, polygons ' +
    'without three points of finite numbers, skeleton edges between keypoints that are not there. What only a ' +
    'person can decide stays as it is. Errors that the copy no longer has do not count.',
  arguments: {
    file: { help: 'A COCO file', completes: 'file' },
  },
  options: {
    all: { kind: 'flag', help: `List every problem, not only ${shownExamples} of each kind` },
    kind: {
      kind: 'choice',
      choices: Object.keys(problemKinds) as ProblemCode[],
      help: 'Look for problems of this kind alone, and list them all',
    },
    against: {
      kind: 'text',
      placeholder: 'file',
      completes: 'file',
      help: 'For a results file: the ground truth whose pictures and categories it names',
    },
    repair: {
      kind: 'text',
      placeholder: 'file',
      completes: 'file',
      help: 'Write a repaired copy to this file',
    },
    overwrite: { kind: 'flag', help: 'Let --repair replace a file that is there' },
  },
  examples: [
    { command: 'npx migaki validate instances_train.json', explains: 'Is this file sound?' },
    {
      command: 'npx migaki validate instances_train.json --repair repaired.json',
      explains: 'Put right what can be put right',
    },
    {
      command: 'npx migaki validate results.json --against instances_val.json',
      explains: 'Do these results fit that ground truth?',
    },
  ],
  exits: ['problems', 'input', 'output'],
  async run({ arguments: { file }, options, startProgress, withStatus }) {
    const { all, kind, against, repair, overwrite } = options;
    if (repair !== undefined) {
      await refuseMissingFolder(repair);
      await refuseToReplaceFile(repair, overwrite);
    }
    const groundTruth =
      against === undefined ? undefined : await readGroundTruth(against, startProgress);
    const coco = await readCocoFile(file, startProgress);
    const { problems: allProblems, repaired } = withStatus('Checking every record', () =>
      validateCoco(coco, groundTruth),
    );
    if (repair !== undefined) await writeFileWhole(repair, writeCoco(rootOf(repaired)));

    const problems =
      kind === undefined ? allProblems : allProblems.filter(({ code }) => code === kind);
    const report = validationReport(file, coco, problems, repair);
    const examples = all || kind !== undefined ? Number.POSITIVE_INFINITY : shownExamples;
    const isLeft = (problem: Problem) => repair === undefined || problem.repair === null;
    const hasErrors = problems.some((problem) => problem.severity === 'error' && isLeft(problem));
    return {
      exit: hasErrors ? 'problems' : 'ok',
      report: () => report,
      text: (terminal) => validationText(report, examples, terminal),
    };
  },
});

/** A folder that is not there is more likely a slip of the keys than a wish: it is not created for one file. */
async function refuseMissingFolder(target: string): Promise<void> {
  try {
    await access(`${dirname(target)}/.`);
  } catch (error) {
    throw fileError(error, 'write', target);
  }
}

/** What the file's root is in JSON. */
function rootOf(file: CocoFile): Record<string, unknown> | unknown[] {
  return file.kind === 'results' ? file.results : { ...file.dataset };
}
