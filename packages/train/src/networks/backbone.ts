// From pictures to feature maps, by a built-in network or by one that was read from a file.

import { type Built, type GraphBuilder, graphBuilder, tensorOf } from '@migaki/graph';
import type { FeatureMap } from './feature-map.ts';
import type { ImportedBackbone } from './imported-backbone.ts';
import { type Normalisation, normalisations } from './normalisations.ts';

/** How an imported backbone is used; the file itself goes beside the plan. */
export interface ImportedPlan {
  readonly normalisation: Normalisation;
  /** How many of its stages stay as they are: all where it is not less than their number. */
  readonly frozenStages: number;
}

/** How much more slowly a stage learns than what follows it; the last one than the head. */
const rateOfLastStage = 0.1;
const rateFromStageToStage = 0.6;

/** Weights of an imported backbone that are learned on, with the factors of their learning rates. */
export function importedRates(
  { stages }: ImportedBackbone,
  { frozenStages }: ImportedPlan,
): Map<string, number> {
  const rates = new Map<string, number>();
  for (const [stage, names] of stages.entries()) {
    if (stage < frozenStages) continue;
    const rate = rateOfLastStage * rateFromStageToStage ** (stages.length - 1 - stage);
    for (const name of names) rates.set(name, Math.round(rate * 1e4) / 1e4);
  }
  return rates;
}

/**
 * A builder that goes on from `g` with the imported network behind it.
 *
 * @param pictures [N,3,H,W] uint8
 */
export function withImported(
  g: GraphBuilder,
  pictures: Built,
  backbone: ImportedBackbone,
  { normalisation }: ImportedPlan,
): GraphBuilder {
  const isNormalised = backbone.input.type === 'float32';
  const input = isNormalised ? normalised(g, pictures, normalisation) : pictures;
  const before = g.graph();
  g.output(input, backbone.input.name);
  const first = g.graph();
  return graphBuilder({
    ...first,
    outputs: before.outputs,
    initializers: new Map([...first.initializers, ...backbone.graph.initializers]),
    nodes: [...first.nodes, ...backbone.graph.nodes],
    values: new Map([...first.values, ...backbone.graph.values]),
  });
}

function normalised(g: GraphBuilder, pictures: Built, normalisation: Normalisation): Built {
  const { mean, deviation } = normalisations[normalisation];
  const perChannel = (values: readonly number[]) =>
    g.constant(tensorOf('float32', [1, 3, 1, 1], values));
  return g.scope('normalise', () =>
    g.div(g.sub(g.cast(pictures, { to: 'float32' }), perChannel(mean)), perChannel(deviation)),
  );
}

/** The feature maps of an imported network that was built in. Tokens are laid out as the map that they come from. */
export const importedMaps = (
  g: GraphBuilder,
  { maps }: ImportedBackbone,
  input: { width: number; height: number },
): FeatureMap[] =>
  maps.map(({ name, stride, tokensBefore }) => {
    const value = g.value(name);
    if (tokensBefore === null) return { stride, value };
    const [, count, channels] = value.shape as number[];
    const [height, width] = [Math.floor(input.height / stride), Math.floor(input.width / stride)];
    const positions = tokensBefore === 0 ? value : g.slice(value, [tokensBefore], [count], [1]);
    const turned = g.transpose(positions, { perm: [0, 2, 1] });
    return { stride, value: g.reshape(turned, [0, channels, height, width]) };
  });
