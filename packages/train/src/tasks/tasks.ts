// Every task, by name.

import { classify } from './classify/classify.ts';
import { detect } from './detect/detect.ts';
import { embed } from './embed/embed.ts';
import { pose } from './pose/pose.ts';
import { regress } from './regress/regress.ts';
import { segment } from './segment/segment.ts';
import type { Task } from './task.ts';
import type { TaskName } from './task-plan.ts';

export const tasks: { readonly [Name in TaskName]: Task<Name> } = {
  classify,
  regress,
  embed,
  detect,
  segment,
  pose,
};

/** A task whose plan goes with it; what is known of it is that the two fit. */
export const taskOf = (name: TaskName): Task<never> => tasks[name] as unknown as Task<never>;
