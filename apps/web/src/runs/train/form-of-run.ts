// The settings of a run in the form, so that it can be done again with a change.

import type { RunDetail } from '@migaki/api';
import { type NumberField, networkSizes, numberFields, type TrainForm } from './train-form.ts';

export function formOf({ task, settings, init, validation }: RunDetail): Partial<TrainForm> {
  const numbers = (Object.keys(numberFields) as NumberField[]).flatMap((field) =>
    typeof settings[field] === 'number'
      ? [[field, field === 'split' ? settings[field] * 100 : settings[field]] as const]
      : [],
  );
  const truthOf = (name: string) =>
    typeof settings[name] === 'boolean' ? (settings[name] as boolean) : null;
  return {
    task,
    ...Object.fromEntries(numbers),
    size: networkSizes.find((size) => size === settings.size) ?? 'tiny',
    budget: settings.epochs === undefined ? 'minutes' : 'epochs',
    isBalanced: truthOf('balance') ?? true,
    isMultiLabel: truthOf('multiLabel'),
    valueField: typeof settings.valueField === 'string' ? settings.valueField : null,
    flip: settings.flip === undefined ? null : (settings.flip as TrainForm['flip']),
    ...(validation?.datasetId != null && {
      validateWith: 'dataset',
      validationDatasetId: validation.datasetId,
    }),
    ...(init?.kind === 'model' && { beginFrom: 'model', model: init.name }),
    ...(init?.kind === 'hub' && { beginFrom: 'hub', hubName: init.name }),
  };
}
