import { confusionMatrix, diagnose, evaluate, scoresPerCategory } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../definition/command.ts';
import { readGroundTruth, readResults } from '../files/read-coco-file.ts';
import { confusionReport, type EvaluationReport } from '../reports/evaluation-report.ts';
import { evaluationText } from '../reports/evaluation-text.ts';
import { counted } from '../terminal/words.ts';

export const evalCommand = defineCommand({
  name: 'eval',
  summary: "Score a model's results against a ground truth, as pycocotools does",
  description:
    "Computes COCO's detection metrics. The numbers are those of pycocotools, in its order. Also told are " +
    'the scores of each category, and why detections are wrong: badly placed, of the wrong class, found ' +
    'twice, or nothing there.',
  arguments: {
    groundTruth: { help: 'The ground truth: an instances or keypoints file', completes: 'file' },
    results: { help: 'What the model found: a COCO results file', completes: 'file' },
  },
  options: {
    type: {
      kind: 'choice',
      choices: ['bbox', 'segm', 'keypoints'],
      required: true,
      help: 'What is compared',
    },
    perCategory: {
      kind: 'flag',
      help: 'Show all categories, not only the 20 largest, and their areas',
    },
    errors: {
      kind: 'flag',
      help: 'Show the errors of each category; with --json of each detection',
    },
    confusion: { kind: 'flag', help: 'Show which categories are taken for which' },
    iou: {
      kind: 'numbers',
      placeholder: 'list',
      max: 1,
      help: 'IoU thresholds (default: 0.5 to 0.95 in steps of 0.05)',
    },
    maxDets: {
      kind: 'numbers',
      placeholder: 'list',
      whole: true,
      help: 'How many detections count per picture and category: three limits (default: 1,10,100), for keypoints one (20)',
    },
    sigmas: {
      kind: 'numbers',
      placeholder: 'list',
      help: "Spread of each keypoint, for --type keypoints (default: COCO's 17 of a person)",
    },
  },
  examples: [
    {
      command: 'npx migaki eval instances_val.json results.json --type bbox',
      explains: 'How good are these boxes?',
    },
    {
      command: "npx migaki eval gt.json dt.json --type segm --json | jq '.stats[0]'",
      explains: 'AP alone, for a script',
    },
    {
      command: 'npx migaki eval gt.json dt.json --type bbox --confusion --errors',
      explains: 'What goes wrong, and with which categories?',
    },
  ],
  exits: ['input'],
  async run({ arguments: files, options, startProgress, withStatus }) {
    const { perCategory, errors, confusion, type, iou, maxDets, sigmas } = options;
    refuseWhatTypeHasNoUseFor(type, maxDets, sigmas);
    const started = performance.now();
    const truth = await readGroundTruth(files.groundTruth, startProgress);
    const results = await readResults(files.results, startProgress);
    const read = performance.now();
    const matching = `Matching ${counted(results.length, 'detection')}`;
    const asked = {
      iouType: type,
      iouThresholds: iou,
      maxDetections: maxDets,
      keypointSigmas: sigmas,
    };
    const evaluation = withStatus(matching, (tell) => evaluate(truth, results, asked, tell));
    const evaluated = performance.now();

    const scope = { iouType: type, keypointSigmas: sigmas };
    const explain = () =>
      withStatus('Looking for the causes of errors', () => diagnose(truth, results, scope));
    const confused = () =>
      withStatus('Counting confusions', () => confusionMatrix(truth, results, scope));
    const report: EvaluationReport = {
      groundTruth: files.groundTruth,
      results: files.results,
      type,
      iouThresholds: evaluation.params.iouThresholds,
      maxDetections: evaluation.params.maxDetections,
      stats: evaluation.stats,
      names: evaluation.statNames,
      seconds: { read: (read - started) / 1000, evaluate: (evaluated - read) / 1000 },
      leftOut: evaluation.leftOut,
      perCategory: scoresPerCategory(evaluation, truth.categories),
      confusion: confusion ? confusionReport(truth, confused()) : undefined,
    };
    return {
      exit: 'ok',
      report: () => ({ ...report, ...(errors && explain()) }),
      text: (terminal) => evaluationText(report, explain(), { perCategory, errors }, terminal),
    };
  },
});

/** The summary has a place for three limits of objects and for one of keypoints: others would leave it empty. */
function refuseWhatTypeHasNoUseFor(
  type: 'bbox' | 'segm' | 'keypoints',
  maxDets: readonly number[] | undefined,
  sigmas: readonly number[] | undefined,
): void {
  if (sigmas !== undefined && type !== 'keypoints') {
    throw new CliError('usage', `--sigmas is for --type keypoints; ${type} has no use for it.`);
  }
  const limitCount = type === 'keypoints' ? 1 : 3;
  if (maxDets !== undefined && maxDets.length !== limitCount) {
    const limits =
      type === 'keypoints' ? 'one limit, such as 20' : 'three limits, such as 1,10,100';
    throw new CliError(
      'usage',
      `--max-dets for --type ${type}: expected ${limits}, found ${maxDets.join(',')}.`,
    );
  }
}
