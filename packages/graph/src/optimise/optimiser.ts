// Optimisers: how one parameter and its state follow from its gradient. Each is nodes of a graph like everything else.

import type { Builder, Built } from '../operators/operator.ts';

export interface UpdateCall {
  readonly parameter: Built;
  readonly gradient: Built;
  /** In the order of `Optimiser.state`. */
  readonly state: readonly Built[];
  /** A scalar input of the graph, times the parameter's own factor. */
  readonly learningRate: Built;
  /** How many steps were made, this one included: a scalar. */
  readonly step: Built;
  /** 0 for parameters that do not decay. */
  readonly weightDecay: number;
}

export interface Optimiser {
  /** Names of the tensors in the parameter's shape that it keeps between steps; all begin as zeros. */
  readonly state: readonly string[];
  readonly update: (g: Builder, call: UpdateCall) => { parameter: Built; state: readonly Built[] };
}

/**
 * Stochastic gradient descent. Weight decay is added to the gradient, as in PyTorch's `SGD`.
 *
 * @param momentum 0 for none; Sutskever's form, without dampening
 *
 * @example
 * trainingStep(graph, { loss: 'loss', parameters, optimiser: sgd({ momentum: 0.9 }) });
 */
export function sgd({ momentum = 0, nesterov = false } = {}): Optimiser {
  return {
    state: momentum === 0 ? [] : ['momentum'],
    update: (g, { parameter, gradient, state, learningRate, weightDecay }) => {
      const slope = weightDecay === 0 ? gradient : g.add(gradient, g.mul(parameter, weightDecay));
      const [old] = state;
      if (old === undefined)
        return { parameter: g.sub(parameter, g.mul(slope, learningRate)), state: [] };
      const velocity = g.add(g.mul(old, momentum), slope);
      const direction = nesterov ? g.add(slope, g.mul(velocity, momentum)) : velocity;
      return {
        parameter: g.sub(parameter, g.mul(direction, learningRate)),
        state: [velocity],
      };
    },
  };
}

/**
 * AdamW (Loshchilov and Hutter 2019): Adam whose weight decay does not go through the gradient.
 *
 * @example
 * trainingStep(graph, { loss: 'loss', parameters, optimiser: adamW(), weightDecay: 0.01 });
 */
export function adamW({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {}): Optimiser {
  return {
    state: ['mean', 'square'],
    update: (g, { parameter, gradient, state, learningRate, step, weightDecay }) => {
      const [mean, square] = [
        g.add(g.mul(state[0], beta1), g.mul(gradient, 1 - beta1)),
        g.add(g.mul(state[1], beta2), g.mul(g.mul(gradient, gradient), 1 - beta2)),
      ];
      // Both moments begin at zero and are too small at first. The corrections are scalars, kept off the tensors, and in
      // float64: 1 − β₂ loses four digits in float32.
      const exactStep = g.cast(step, { to: 'float64' });
      const correction = (beta: number) => {
        const power = g.pow(g.scalar(beta, 'float64'), exactStep);
        return g.cast(g.sub(g.scalar(1, 'float64'), power), { to: 'float32' });
      };
      const squareCorrection = g.sqrt(correction(beta2));
      const rate = g.div(g.mul(learningRate, squareCorrection), correction(beta1));
      const scale = g.add(g.sqrt(square), g.mul(squareCorrection, epsilon));
      const decayed =
        weightDecay === 0
          ? parameter
          : g.mul(parameter, g.sub(g.scalar(1), g.mul(learningRate, weightDecay)));
      return {
        parameter: g.sub(decayed, g.mul(g.div(mean, scale), rate)),
        state: [mean, square],
      };
    },
  };
}
