// Every command's name, and where it is defined. A command's file is loaded only when it is run.

import type { Command } from '../definition/command.ts';

const loaders: Record<string, () => Promise<Command>> = {
  up: async () => (await import('./up.ts')).up,
  demo: async () => (await import('./demo.ts')).demo,
  import: async () => (await import('./import.ts')).importCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  dataset: async () => (await import('./dataset.ts')).dataset,
  query: async () => (await import('./query.ts')).query,
  train: async () => (await import('./train.ts')).train,
  predict: async () => (await import('./predict.ts')).predict,
  preannotate: async () => (await import('./preannotate.ts')).preannotate,
  mistakes: async () => (await import('./mistakes.ts')).mistakes,
  embeddings: async () => (await import('./embeddings.ts')).embeddings,
  next: async () => (await import('./next.ts')).next,
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  retrain: async () => (await import('./retrain.ts')).retrain,
  rounds: async () => (await import('./rounds.ts')).rounds,
  models: async () => (await import('./models.ts')).models,
  runs: async () => (await import('./runs.ts')).runs,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  jobs: async () => (await import('./jobs.ts')).jobs,
  validate: async () => (await import('./validate.ts')).validate,
  eval: async () => (await import('./eval.ts')).evalCommand,
  stats: async () => (await import('./stats.ts')).stats,
  convert: async () => (await import('./convert.ts')).convertCommand,
  completions: async () => (await import('./completions.ts')).completions,
  help: async () => (await import('./help.ts')).help,
};

/** In the order in which help lists them. */
export const commandNames: readonly string[] = Object.keys(loaders);

/** The command's definition, or null where there is none of that name. */
export async function loadCommand(name: string): Promise<Command | null> {
  return Object.hasOwn(loaders, name) ? loaders[name]() : null;
}

export function loadAllCommands(): Promise<Command[]> {
  return Promise.all(Object.values(loaders).map((load) => load()));
}
