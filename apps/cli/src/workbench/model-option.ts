import { CliError } from '../cli-error.ts';

/** `--model`, as commands that let a model look at a dataset have it. */
export const modelOption = {
  kind: 'text',
  placeholder: 'model',
  help: 'The model: cells, cells@3 or cells@champion',
} as const;

/** @throws CliError `usage` where none was given */
export function givenModel(model: string | undefined): string {
  if (model !== undefined) return model;
  throw new CliError('usage', 'Expected --model with the name of a model, found none.');
}
