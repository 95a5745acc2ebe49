// What commands ask of a model behind HTTP.

import { endpointProtocols, tensorOptions } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { pairsOf } from '../definition/typed-values.ts';

export const endpointOptions = {
  endpoint: {
    kind: 'text',
    placeholder: 'URL',
    help: 'A model behind HTTP, in place of a model of the workbench',
  },
  protocol: {
    kind: 'text',
    placeholder: 'name',
    help: 'How the endpoint is spoken to: coco or oip (default: by its address, oip for …/v2/models/NAME)',
  },
  tensors: {
    kind: 'text',
    placeholder: 'pairs',
    help: 'How tensors of oip are made and read, where their names do not tell it: boxes=dets,boxFormat=cxcywh',
  },
  timeout: {
    kind: 'text',
    placeholder: 'seconds',
    help: 'How long an endpoint may take for a picture (default: 60)',
  },
  parallel: {
    kind: 'text',
    placeholder: 'count',
    help: 'How many pictures an endpoint is sent at once (default: 4)',
  },
} as const;

type EndpointWords = Partial<Record<'protocol' | 'tensors' | 'timeout' | 'parallel', string>>;

/** @throws CliError `usage` */
export function endpointSettings({ protocol, tensors, timeout, parallel }: EndpointWords) {
  const known = endpointProtocols.find((one) => one === protocol);
  if (protocol !== undefined && known === undefined) {
    throw new CliError(
      'usage',
      `Expected --protocol ${endpointProtocols.join(' or ')}, found ${protocol}.`,
    );
  }
  const read = tensorOptions.strict().safeParse(pairsOf(tensors ?? '', '--tensors'));
  if (!read.success) throw new CliError('usage', tensorsUsage(tensors!));
  return {
    protocol: known,
    tensors: read.data,
    timeoutSeconds: numberOf(timeout, '--timeout', 1, 600),
    atOnce: numberOf(parallel, '--parallel', 1, 32),
  };
}

/** Every name, with the words that it takes. */
function tensorsUsage(found: string): string {
  const names = Object.entries(tensorOptions.shape).map(([name, schema]) => {
    const inner = schema.unwrap();
    return 'options' in inner ? `${name}=${inner.options.join('|')}` : `${name}=NAME`;
  });
  return `Expected --tensors with some of ${names.join(', ')}, found ${found}.`;
}

function numberOf(
  text: string | undefined,
  option: string,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new CliError(
    'usage',
    `Expected ${option} with a whole number from ${least} to ${most}, found ${text}.`,
  );
}
