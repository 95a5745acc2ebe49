// Trainings and models as people read them.

import type { ModelReference, ModelVersion, Run, RunDetail } from '@migaki/api';
import { inEnglish } from '@migaki/coco';
import { drawBar } from '../terminal/bar.ts';
import { drawTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { byteSize, counted, duration, printable, thousands } from '../terminal/words.ts';

const barColumns = 12;
/** So many scores fit beside each other. */
const shownScores = 4;

/** `0.5321`, `12.4`, `0.00031` */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (Number.isInteger(value)) return thousands(value);
  const size = Math.abs(value);
  if (size >= 1000) return thousands(Math.round(value));
  return size >= 0.0001 && size < 1 ? value.toFixed(4) : Number(value.toPrecision(3)).toString();
}

/** A figure that is none of a count: `1.0000` */
export const scoreFigure = (value: number | null | undefined): string =>
  value === 0 || value === 1 ? value.toFixed(4) : figure(value);

/** The scores that say most, that of the task first. */
export function leadingScores({
  metrics,
  primaryMetric,
}: Pick<Run, 'metrics' | 'primaryMetric'>): [name: string, value: number][] {
  const isFirst = ([name]: [string, number]) => (name === primaryMetric ? 0 : 1);
  return Object.entries(metrics)
    .sort((a, b) => isFirst(a) - isFirst(b))
    .slice(0, shownScores);
}

const scoresText = (run: Pick<Run, 'metrics' | 'primaryMetric'>): string =>
  leadingScores(run)
    .map(([name, value]) => `${name} ${scoreFigure(value)}`)
    .join('  ');

export const referenceText = ({ name, version }: Pick<ModelReference, 'name' | 'version'>) =>
  `${name}@${version}`;

/** `epoch 3.4  loss 0.482  AP 0.512  82 pictures/s  ████▌  42 %  1 min 05 s left` */
export function liveText(run: RunDetail): string {
  const { state, latest, primaryMetric, metrics, epoch, progress, secondsLeft } = run;
  if (state === 'queued') return `${run.name}: waiting for its turn …`;
  if (latest.loss === undefined) return `${run.name}: ${inEnglish(run.message) || 'starting'} …`;
  const reached = primaryMetric === null ? undefined : metrics[primaryMetric];
  const words = inEnglish(run.message);
  return [
    `epoch ${(epoch ?? 0).toFixed(1)}`,
    `loss ${figure(latest.loss)}`,
    ...(reached === undefined ? [] : [`${primaryMetric} ${scoreFigure(reached)}`]),
    ...(words === 'Training' || words === ''
      ? [`${thousands(Math.round(latest.pictures_per_second ?? 0))} pictures/s`]
      : [`${words} …`]),
    drawBar(progress, barColumns).padEnd(barColumns),
    `${Math.floor(progress * 100)} %`,
    ...(secondsLeft === null || progress >= 1 ? [] : [`${duration(secondsLeft)} left`]),
  ].join('  ');
}

/** The line that stays of a validation. */
export function validationText(run: RunDetail, epoch: number | null, isBest: boolean): string {
  const names = leadingScores(run).map(([name]) => name);
  const scores = names.map((name) => `${name} ${scoreFigure(run.latest[name])}`);
  const at = `epoch ${(epoch ?? 0).toFixed(1)}`.padEnd(12);
  return `  ${at}loss ${figure(run.latest.loss).padEnd(8)}${scores.join('  ')}${isBest ? '  best so far' : ''}`;
}

/** What came of a training. */
export function runSummary(
  run: RunDetail,
  version: ModelVersion | null,
  terminal: Terminal,
): string {
  const { dataset, validation, settled, elapsedSeconds } = run;
  const images = (name: string) => counted(Number(settled[name] ?? 0), 'picture');
  const rows: [string, string][] = [
    ['run', `${run.id}  ${printable(run.name)}  ${stateWords(run)}`],
    [
      'model',
      version === null ? 'none: it had learned nothing yet' : printable(referenceText(version)),
    ],
    ...leadingScores(run).map(([name, value]): [string, string] => [name, scoreFigure(value)]),
    ['learned from', `${images('trainingImages')} of ${pinText(dataset)}`],
    [
      'validated with',
      settled.validationImages === 0
        ? 'nothing: the weights of the last step were taken, and the model has no scores'
        : `${images('validationImages')}${validation === null ? '' : ` of ${pinText(validation)}`}`,
    ],
    ['time', elapsedSeconds === null ? '–' : duration(elapsedSeconds)],
  ];
  if (version !== null) {
    const { inputWidth, inputHeight } = version;
    const size = `${inputWidth} × ${inputHeight} pixels, ${byteSize(version.byteSize)}`;
    rows.push(['network', `${version.size ?? 'imported'} ${size}`]);
  }
  const lines = [drawTable([{ title: '' }, { title: '' }], rows, terminal)];
  if (version !== null) {
    const name = JSON.stringify(referenceText(version));
    lines.push('', terminal.paint('dim', `  npx migaki predict ${name} PICTURES -o results.json`));
  }
  return lines.join('\n');
}

export const pinText = (pin: Run['dataset']): string =>
  pin === null
    ? '–'
    : printable(`${pin.name} (${[pin.version, pin.query].filter(Boolean).join(', ')})`);

function stateWords({ state }: Run): string {
  return state === 'cancelled' ? 'ended early' : state;
}

export function runTable(runs: readonly Run[], terminal: Terminal): string {
  if (runs.length === 0) return '  No runs.';
  return drawTable(
    [
      { title: 'run', align: 'right' },
      { title: 'name', maxCharacters: 40 },
      { title: 'task' },
      { title: 'state' },
      { title: 'scores', maxCharacters: 44 },
      { title: 'dataset', maxCharacters: 30 },
      { title: 'time', align: 'right' },
    ],
    runs.map((run) => [
      String(run.id),
      printable(run.name),
      run.task ?? '',
      run.state === 'running' ? `${Math.floor(run.progress * 100)} %` : run.state,
      scoresText(run),
      run.dataset === null ? '' : pinText(run.dataset),
      run.elapsedSeconds === null ? '' : duration(run.elapsedSeconds),
    ]),
    terminal,
  );
}

export function versionTable(versions: readonly ModelVersion[], terminal: Terminal): string {
  if (versions.length === 0) return '  No versions.';
  return drawTable(
    [
      { title: 'model', maxCharacters: 50 },
      { title: 'aliases' },
      { title: 'task' },
      { title: 'scores', maxCharacters: 44 },
      { title: 'made from', maxCharacters: 40 },
      { title: 'size', align: 'right' },
      { title: 'made' },
    ],
    versions.map((version) => [
      printable(referenceText(version)),
      version.aliases.join(', '),
      version.task,
      scoresText(version),
      version.run === null ? version.source : `run ${version.run.id}, ${pinText(version.dataset)}`,
      byteSize(version.byteSize),
      version.createdAt.slice(0, 16).replace('T', ' '),
    ]),
    terminal,
  );
}
