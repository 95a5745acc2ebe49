// Once round, from half-labelled pictures to a better model, over the API as the pages do it.

import { ApiError, type Client, type Job, type Routes } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { referenceText, scoreFigure } from '../reports/run-text.ts';
import { drawBar } from '../terminal/bar.ts';
import { drawSparkline } from '../terminal/sparkline.ts';
import { counted, duration, thousands } from '../terminal/words.ts';
import { watchJob } from '../workbench/follow-job.ts';
import type { OpenWorkbench } from '../workbench/with-workbench.ts';
import type { ProjectFiles } from './project-files.ts';
import {
  countWrong,
  type KnownTruth,
  type LookedOver,
  lookOver,
  type MistakesReviewed,
  reviewMistakes,
  truthByFile,
} from './simulated-person.ts';
import type { Stage, Stages } from './stages.ts';

/** Of the whole time, for the first training. The second has twice the pictures, and time to look at each as often. */
const firstShare = 0.24;
/** Beyond this no more is tried. */
const longestShare = 4;
/** Below, proposals cost more than they save. */
const leastPrecision = 0.5;
const [barColumns, curveColumns] = [12, 14];

export interface RoundResult {
  datasetId: number;
  datasetName: string;
  pictures: { validation: number; labelled: number; bare: number; left: number };
  /** Of the champion, in the pictures that are left. */
  waiting: number;
  objects: number;
  mistakes: { made: number; right: number } & MistakesReviewed;
  work: LookedOver;
  /** The model before and after, on the same pictures. */
  before: MeasuredModel;
  after: MeasuredModel;
  champion: string;
  hasMoved: boolean;
  seconds: number;
}

export interface MeasuredModel {
  name: string;
  evaluationId: number;
  /** That it has learned from. */
  pictures: number;
  AP: number;
  AP50: number;
  /** From which score on what it finds counts. */
  scoreThreshold: number;
  outcomes: Partial<Record<string, number>>;
  /** AP by the names of the classes. */
  classes: Readonly<Record<string, number | undefined>>;
}

export interface RoundOptions {
  workbench: Pick<OpenWorkbench, 'client' | 'signal'>;
  /** Where `labels.json` and `images/` are. */
  folder: string;
  project: ProjectFiles;
  datasetName: string;
  /** For all of it. */
  minutes: number;
  stages: Stages;
}

/** How many steps it has. */
export const roundStages = 10;

export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const { workbench, folder, project, datasetName, minutes, stages } = options;
  const { client } = workbench;
  const { validation, labelled, bare, left } = project;
  const modelName = datasetName;
  const watched = (stage: Stage, job: Job) => watchJob(workbench, job, showing(stage));

  const datasetId = await stages.run(
    'Bring in',
    async (stage) => {
      const { datasetId, job } = await client.startImport({
        body: { into: { newDataset: datasetName }, from: { path: folder } },
      });
      await watched(stage, job);
      return datasetId;
    },
    () =>
      `${counted(project.shown.images.length, 'picture')}, ${bare.size + left.size} of them without labels`,
  );
  const params = { datasetId };
  const { categories } = await client.getDataset({ params });
  const person: KnownTruth = { client, datasetId, truth: truthByFile(project.truth, categories) };
  const made = await countWrong(person, labelled);
  const propose = async (stage: Stage, model: string, threshold: number): Promise<number> => {
    const body = { model, onlyUnlabelled: true, threshold, precision: leastPrecision };
    const started = await client.startPreannotation({ params, body }).catch((error) => {
      // So weak that to reject what it proposes takes longer than to draw.
      if (error instanceof ApiError && error.code === 'bad-preannotation') return null;
      throw error;
    });
    if (started === null) return 0;
    const { result } = await watched(stage, started.job);
    return (result as { proposals: number }).proposals;
  };

  /** A machine that is slow or busy may need all of the time to begin: it gets twice as much, until that is enough. */
  const trainFirst = async (stage: Stage) => {
    for (let runMinutes = minutes * firstShare; ; runMinutes *= 2) {
      const { id, jobId } = await client.startRun({
        body: { datasetId, task: 'detect', settings: { minutes: runMinutes }, modelName },
      });
      const job = await client.getJob({ params: { jobId: jobId! } });
      const current = () => client.getRun({ params: { runId: id } });
      try {
        await watchJob(workbench, job, () => showTraining(stage, client, id));
      } catch (problem) {
        const run = await current().catch(() => null);
        if (run?.error?.code !== 'no-time' || runMinutes > longestShare * minutes) throw problem;
        await client.deleteRun({ params: { runId: id } });
        continue;
      }
      const model = (await current()).models.at(-1);
      if (model !== undefined) return { model, runMinutes };
      throw new CliError(
        'service',
        `Expected the training to make a model, found that its ${duration(60 * runMinutes)} were too short. Give it more --minutes.`,
      );
    }
  };
  const { model: first, runMinutes } = await stages.run(
    'Train',
    trainFirst,
    ({ model }) => `${referenceText(model)} of ${counted(labelled.size, 'picture')}`,
  );
  await client.setModelAlias({
    params: { modelId: first.modelId, alias: 'champion' },
    body: { version: first.version },
  });

  const before = await stages.run(
    'Evaluate',
    async (stage) => {
      const body = { model: referenceText(first) };
      const { job } = await client.startEvaluation({ params, body });
      const { result } = await watched(stage, job);
      return measured(client, (result as { evaluationId: number }).evaluationId, labelled.size);
    },
    ({ AP, AP50 }) =>
      `AP ${scoreFigure(AP)}, AP50 ${scoreFigure(AP50)} on ${counted(validation.size, 'picture')} that it has not seen`,
  );

  await stages.run(
    'Pre-annotate',
    (stage) => propose(stage, before.name, before.scoreThreshold),
    (count) => `${thousands(count)} proposals in ${counted(bare.size + left.size, 'picture')}`,
  );

  await stages.run(
    'Find wrong labels',
    async (stage) => {
      const { job } = await client.startMistakeSearch({
        params,
        body: { model: referenceText(first), query: 'split:train' },
      });
      await watched(stage, job);
      return client.listMistakes({ params, query: { limit: 1 } });
    },
    ({ counts }) => kindsText(counts),
  );

  const mistakes = await stages.run(
    'Correct them',
    async (stage) => {
      const reviewed = await reviewMistakes(person, showCount(stage, 'doubts looked at'));
      return { ...reviewed, made, right: made - (await countWrong(person, labelled)) };
    },
    ({ right, told }) => `${right} of ${counted(made, 'wrong label')} put right in ${told} looks`,
  );

  const work = await stages.run(
    'Look over the rest',
    (stage) => lookOver(person, bare, showCount(stage, 'pictures')),
    ({ corrections, actions, actionsFromScratch }) =>
      `${kindsText(corrections)}: ${thousands(actions)} actions instead of ${thousands(actionsFromScratch)}`,
  );

  const round = await stages.run(
    'Retrain',
    async (stage) => {
      const body = {
        model: modelName,
        minutes: (runMinutes * (labelled.size + bare.size)) / labelled.size,
      };
      const { job } = await client.startRetraining({ params, body });
      const { result } = await watchJob(workbench, job, async () => {
        const { items } = await client.listRuns({ query: { datasetId, limit: 1 } });
        await showTraining(stage, client, items[0].id);
      });
      return result as Retrained;
    },
    ({ scores }) =>
      `on ${counted(labelled.size + bare.size, 'picture')}: AP ${scoreFigure(scores.own)}`,
  );

  const compared = await stages.run(
    'Compare',
    async () => {
      const all = labelled.size + bare.size;
      const after = await measured(client, round.evaluationId, all);
      const former = await measured(client, round.formerEvaluationId, labelled.size);
      return {
        datasetId,
        datasetName,
        pictures: {
          validation: validation.size,
          labelled: labelled.size,
          bare: bare.size,
          left: left.size,
        },
        objects: project.truth.annotations.length,
        mistakes,
        work,
        before: former,
        after,
        champion: round.winner,
        hasMoved: round.hasMoved,
      };
    },
    ({ champion }) => `${champion} is champion`,
  );

  const waiting = await stages.run(
    'Leave some to you',
    (stage) =>
      propose(
        stage,
        compared.champion,
        (compared.hasMoved ? compared.after : compared.before).scoreThreshold,
      ),
    (count) => `${thousands(count)} proposals in ${counted(left.size, 'picture')}`,
  );
  return { ...compared, waiting, seconds: stages.seconds() };
}

/** What a retraining says of itself. */
interface Retrained {
  winner: string;
  hasMoved: boolean;
  scores: { own: number };
  evaluationId: number;
  formerEvaluationId: number;
}

async function measured(
  client: Client<Routes>,
  evaluationId: number,
  pictures: number,
): Promise<MeasuredModel> {
  const evaluation = await client.getEvaluation({ params: { evaluationId } });
  const { modelName, metrics, outcomes, scoreThreshold, perClass } = evaluation;
  const { AP, AP50 } = metrics;
  return {
    name: modelName,
    evaluationId,
    pictures,
    AP,
    AP50,
    outcomes,
    scoreThreshold: scoreThreshold ?? 0.5,
    classes: Object.fromEntries(evaluation.classes.map(({ name }, i) => [name, perClass[i]?.AP])),
  };
}

/** `34 right, 2 moved`; what there is none of is left out. */
const kindsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .flatMap(([kind, count]) => (count === 0 ? [] : `${thousands(count)} ${pastOf[kind] ?? kind}`))
    .join(', ') || 'none';

const pastOf: Readonly<Record<string, string>> = {
  accept: 'right',
  reclass: 're-classed',
  nudge: 'moved',
  reject: 'rejected',
  draw: 'drawn',
};

/** A curve of the loss, how good it is so far, and how much longer it takes. */
async function showTraining(stage: Stage, client: Client<Routes>, runId: number): Promise<void> {
  const run = await client.getRun({ params: { runId } });
  const query = { runs: String(runId), names: 'loss', points: 200 };
  const [loss] = (await client.getCurves({ query })).curves;
  if (run.state !== 'running' || loss === undefined) return;
  const curve = drawSparkline(
    loss.points.map(({ value }) => value),
    curveColumns,
  );
  const { AP } = run.metrics;
  stage.show(
    [
      `${curve} loss ${scoreFigure(run.latest.loss)}`,
      ...(AP === undefined ? [] : [`AP ${AP.toFixed(2)}`]),
      `${Math.floor(run.progress * 100)} %`,
      ...(run.secondsLeft === null ? [] : [`${duration(run.secondsLeft)} left`]),
    ].join('  '),
  );
}

const showing =
  (stage: Stage) =>
  ({ done, total, unit }: Job): void => {
    if (total !== null) showCount(stage, unit)(done, total);
  };

const showCount =
  (stage: Stage, unit: string) =>
  (done: number, total: number): void =>
    stage.show(
      `${drawBar(done / total, barColumns).padEnd(barColumns)}  ${thousands(done)} of ${thousands(total)} ${unit}`,
    );
