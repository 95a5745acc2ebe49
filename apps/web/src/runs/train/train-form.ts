// What the form of a training holds, what is wrong with it, and what it asks for. Pure. A number that is left empty is chosen
// by the workbench.

export const taskNames = ['detect', 'segment', 'pose', 'classify', 'regress', 'embed'] as const;
export type TaskName = (typeof taskNames)[number];
export const networkSizes = ['tiny', 'small', 'medium'] as const;
export type NetworkSize = (typeof networkSizes)[number];
export const flips = ['none', 'horizontal', 'both'] as const;
export type Flip = (typeof flips)[number];

/** Tasks that find objects, rather than say something of the whole picture. */
export const findsObjects = (task: TaskName): boolean =>
  task === 'detect' || task === 'segment' || task === 'pose';

/** As an input holds it: empty, or what could not be read, is a text. */
export type TypedNumber = number | string;

/** Numbers that may be left to the workbench, with what they may be. */
export const numberFields = {
  minutes: { least: 0.1, greatest: 100_000 },
  epochs: { least: 1, greatest: 100_000, isWhole: true },
  /** Per cent. */
  split: { least: 1, greatest: 90 },
  seed: { least: 0, greatest: 2 ** 31, isWhole: true },
  learningRate: { least: 1e-8, greatest: 10 },
  weightDecay: { least: 0, greatest: 1 },
  batch: { least: 1, greatest: 1024, isWhole: true },
  inputSide: { least: 32, greatest: 2048, isWhole: true },
  /** How often four pictures share an input. */
  mosaic: { least: 0, greatest: 1 },
  patience: { least: 0, greatest: 100_000, isWhole: true },
  /** Stages of what is begun from that stay as they are. */
  freeze: { least: 0, greatest: 100, isWhole: true },
} as const satisfies Record<string, { least: number; greatest: number; isWhole?: boolean }>;
export type NumberField = keyof typeof numberFields;

export interface TrainForm extends Record<NumberField, TypedNumber> {
  name: string;
  /** Null: the first task that the labels allow. */
  task: TaskName | null;
  size: NetworkSize;
  budget: 'minutes' | 'epochs';
  validateWith: 'split' | 'dataset';
  validationDatasetId: number | null;
  beginFrom: 'scratch' | 'model' | 'file' | 'hub';
  /** `name@version` of the registry. */
  model: string | null;
  /** An ONNX file, with its weights where they lie beside it. */
  files: readonly File[];
  hubName: string;
  flip: Flip | null;
  isBalanced: boolean;
  /** Null: found in the data. */
  isMultiLabel: boolean | null;
  /** The field of images that a regression learns. */
  valueField: string | null;
}

export const usualForm: TrainForm = {
  name: '',
  task: null,
  size: 'tiny',
  budget: 'minutes',
  minutes: 10,
  epochs: 50,
  split: 20,
  validateWith: 'split',
  validationDatasetId: null,
  beginFrom: 'scratch',
  model: null,
  files: [],
  hubName: '',
  seed: '',
  learningRate: '',
  weightDecay: '',
  batch: '',
  inputSide: '',
  mosaic: '',
  patience: '',
  freeze: '',
  flip: null,
  isBalanced: true,
  isMultiLabel: null,
  valueField: null,
};

/** What is wrong with a field; `range` has its limits in {@link numberFields}. */
export type Problem = 'missing' | 'range' | 'whole';
export type Problems = Partial<Record<keyof TrainForm, Problem>>;

/** Those that must say something. */
const neededNumbers = (form: TrainForm): NumberField[] => [
  form.budget,
  ...(form.validateWith === 'split' ? (['split'] as const) : []),
];

export function problemsOf(form: TrainForm, task: TaskName | null): Problems {
  const problems: Problems = {};
  const needed = neededNumbers(form);
  for (const field of Object.keys(numberFields) as NumberField[]) {
    const isUsed = !['minutes', 'epochs', 'split'].includes(field) || needed.includes(field);
    const problem = isUsed ? numberProblem(field, form[field], needed.includes(field)) : null;
    if (problem !== null) problems[field] = problem;
  }
  if (task === null) problems.task = 'missing';
  if (task === 'regress' && form.valueField === null) problems.valueField = 'missing';
  if (form.validateWith === 'dataset' && form.validationDatasetId === null) {
    problems.validationDatasetId = 'missing';
  }
  if (form.beginFrom === 'model' && form.model === null) problems.model = 'missing';
  const isGraphThere = form.files.some(({ name }) => /\.onnx$/i.test(name));
  if (form.beginFrom === 'file' && !isGraphThere) problems.files = 'missing';
  if (form.beginFrom === 'hub' && form.hubName.trim() === '') problems.hubName = 'missing';
  return problems;
}

function numberProblem(field: NumberField, typed: TypedNumber, isNeeded: boolean): Problem | null {
  const { least, greatest, ...rest } = numberFields[field];
  if (typed === '') return isNeeded ? 'missing' : null;
  const value = Number(typed);
  if (!(value >= least && value <= greatest)) return 'range';
  return 'isWhole' in rest && !Number.isInteger(value) ? 'whole' : null;
}

/** The settings of the run: what is left out is chosen by the workbench. */
export function settingsOf(form: TrainForm, task: TaskName) {
  const numbers = [
    'seed',
    'learningRate',
    'weightDecay',
    'batch',
    'inputSide',
    'patience',
  ] as const;
  const given = numbers.filter((name) => form[name] !== '');
  const isPictured = findsObjects(task);
  return {
    ...(form.beginFrom === 'scratch' && { size: form.size }),
    [form.budget]: Number(form[form.budget]),
    ...(form.validateWith === 'split' && { split: Number(form.split) / 100 }),
    ...Object.fromEntries(given.map((name) => [name, Number(form[name])])),
    ...(form.beginFrom !== 'scratch' && form.freeze !== '' && { freeze: Number(form.freeze) }),
    ...(form.flip !== null && { flip: form.flip }),
    ...(isPictured && form.mosaic !== '' && { mosaic: Number(form.mosaic) }),
    ...(!form.isBalanced && { balance: false }),
    ...(task === 'classify' && form.isMultiLabel !== null && { multiLabel: form.isMultiLabel }),
    ...(task === 'regress' && form.valueField !== null && { valueField: form.valueField }),
  };
}
