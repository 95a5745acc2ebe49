import type { MeasuredAgainst } from '@migaki/api';
import { defineCommand } from '../definition/command.ts';
import { favouredText } from '../reports/favoured-text.ts';
import { scoreFigure } from '../reports/run-text.ts';
import { plainEnglish } from '../terminal/plain-english.ts';
import { counted, printable } from '../terminal/words.ts';
import { dataOption } from '../workbench/data-option.ts';
import { datasetNamed } from '../workbench/find-dataset.ts';
import { followJob } from '../workbench/follow-job.ts';
import { givenModel } from '../workbench/model-option.ts';
import { withWorkbench } from '../workbench/with-workbench.ts';

/** What the job says of itself in the end. */
interface Round {
  winner: string;
  loser: string;
  hasMoved: boolean;
  isFirst: boolean;
  scores: { metric: string; own: number; former: number; pictures: number };
  evaluationId: number;
  formerEvaluationId: number;
  measuredAgainst: MeasuredAgainst;
}

export const retrain = defineCommand({
  name: 'retrain',
  summary: 'Train a model anew on what was corrected, and crown it if it is better',
  description:
    'The model is trained on the dataset as it is now, with the settings and the time of the last one. Both are measured on ' +
    'the same pictures, which neither has learned from. The alias moves to the new version only if that is better.',
  arguments: { dataset: { help: 'The name or number of a dataset' } },
  options: {
    model: { kind: 'text', placeholder: 'model', help: 'The name of the model, without a version' },
    alias: {
      kind: 'text',
      placeholder: 'name',
      help: 'What points at the better one (default: champion)',
    },
    minutes: {
      kind: 'number',
      placeholder: 'number',
      min: 0.1,
      max: 100_000,
      help: 'How long the training may take (default: as the last one)',
    },
    data: dataOption,
  },
  examples: [
    {
      command: 'npx migaki retrain cells --model cells',
      explains: 'A round: learn from what was corrected, keep the better one as cells@champion',
    },
  ],
  exits: ['input', 'service', 'interrupted', 'terminated'],
  async run({ arguments: { dataset }, options, startProgress }) {
    const model = givenModel(options.model);
    const { alias, minutes } = options;
    return withWorkbench({ data: options.data, runsJobs: true }, async (workbench) => {
      const { client } = workbench;
      const { id: datasetId } = await datasetNamed(client, dataset);
      const { job } = await client.startRetraining({
        params: { datasetId },
        body: { model, alias, minutes },
      });
      const { result } = await followJob(workbench, job, startProgress);
      const round = result as Round;
      return {
        exit: 'ok',
        report: () => plainEnglish(result) as object,
        text: () => roundText(round, alias ?? 'champion'),
      };
    });
  },
});

/** On fewer, chance decides as much as the models do. */
const fewPictures = 30;

export function roundText(round: Round, alias: string): string {
  const { winner, loser, hasMoved, isFirst, scores } = round;
  const of = (name: string, value: number) =>
    `${printable(name)}  ${scores.metric} ${scoreFigure(value)}`;
  const [won, lost] = hasMoved ? [scores.own, scores.former] : [scores.former, scores.own];
  return [
    `  ${of(winner, won)}  ${printable(alias)}`,
    `  ${of(loser, lost)}`,
    `  On ${counted(scores.pictures, 'picture')} that neither has learned from${scores.pictures < fewPictures ? ', too few to be sure' : ''}.`,
    hasMoved
      ? `  The new one is better, and is ${printable(alias)} now.`
      : isFirst
        ? `  The new one is not better; nothing was ${printable(alias)} before, ${printable(winner)} is now.`
        : `  The new one is not better; ${printable(alias)} stays.`,
    ...favouredText(round.measuredAgainst).map((note) => `  ${note}`),
    `  Side by side: /evaluations/${round.evaluationId}?other=${round.formerEvaluationId}`,
  ].join('\n');
}
