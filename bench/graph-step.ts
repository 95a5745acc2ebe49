// A whole training step of a small residual network, differentiated by our own rules and run by ONNX Runtime, beside the
// same network in PyTorch: step by step in turns, on two threads.

import {
  foldBatchNorm,
  type Graph,
  nextName,
  sgd,
  simplify,
  tensorOf,
  trainBatchNorm,
  trainingStep,
} from '../packages/graph/src/index.ts';
import { openGraph, ortTensorOf } from '../packages/graph/src/testing/run-onnx.ts';
import { randomOf } from './data/random.ts';
import { residualNetwork } from './data/residual-network.ts';
import type { Bench } from './harness/bench.ts';
import { median, takeTurns } from './harness/measure.ts';
import { findPeer, type PeerServer, startPeerServer } from './harness/python-peer.ts';

const batch = 32;
const size = 64;
const classes = 10;
const threads = 2;

export const graphStep: Bench = {
  name: 'graph-step',
  title: `training step and forward pass of a residual network, batch ${batch}, 3×${size}×${size}`,
  async *run({ options, note }) {
    const { runs = 15, seed } = options;
    const peer = await findPeer('torch');
    if (peer === null) note('No Python with torch was found: MIGAKI_TORCH_PYTHON names one.');
    const server = peer && startPeerServer(peer, 'torch_server.py');
    try {
      await server?.ask({ do: 'open', batch, size, threads });
      const { graph, parameters } = residualNetwork(batch, size, randomOf(seed));
      const works = [
        {
          name: 'step',
          figure: 'training step',
          run: await openStep(trainBatchNorm(graph), parameters),
        },
        { name: 'forward', figure: 'forward pass', run: await openForward(graph) },
      ];
      for (const { name, figure, run } of works) {
        const { ours, theirs } = await takeTurns(runs, {
          ours: run,
          theirs: server && (() => peerSeconds(server, name)),
        });
        yield {
          figure,
          value: 1000 * median(ours),
          unit: 'ms',
          better: 'lower',
          peer: peer && { name: peer.name, value: 1000 * median(theirs) },
          ...(name === 'step' && { target: { ratioAtLeast: 0.8 } }),
        };
      }
    } finally {
      await server?.close();
    }
  },
};

async function peerSeconds(server: PeerServer, work: string): Promise<number> {
  const { seconds } = await server.ask<{ seconds: number }>({ do: work });
  return seconds;
}

const floats = (shape: number[], element: (index: number) => number) => {
  const length = shape.reduce((a, b) => a * b, 1);
  return ortTensorOf(
    tensorOf(
      'float32',
      shape,
      Float32Array.from({ length }, (_, i) => element(i)),
    ),
  );
};

const pictures = () => floats([batch, 3, size, size], Math.sin);

/** One call makes one step, from where the last one ended, and gives its seconds. */
async function openStep(net: Graph, parameters: string[]): Promise<() => Promise<number>> {
  const { graph, state } = trainingStep(net, { loss: 'loss', parameters, optimiser: sgd() });
  const step = await openGraph(graph, threads);
  const feeds = {
    x: pictures(),
    target: floats([batch, classes], (i) =>
      Math.floor(i / classes) % classes === i % classes ? 1 : 0,
    ),
    learning_rate: floats([], () => 0.05),
  };
  let current = Object.fromEntries([...state].map(([name, tensor]) => [name, ortTensorOf(tensor)]));
  return async () => {
    const started = performance.now();
    const outputs = await step.run({ ...feeds, ...current });
    const seconds = (performance.now() - started) / 1000;
    current = Object.fromEntries([...state.keys()].map((name) => [name, outputs[nextName(name)]]));
    const [loss] = outputs.loss.data as Float32Array;
    if (!Number.isFinite(loss)) throw new Error(`The loss is ${loss}.`);
    return seconds;
  };
}

/** The network as it would be served: constant weights, batch normalisation folded into the convolutions. */
async function openForward(net: Graph): Promise<() => Promise<number>> {
  const logits = net.outputs.filter(({ name }) => name === 'logits');
  const served = await openGraph(simplify(foldBatchNorm({ ...net, outputs: logits })), threads);
  const feeds = { x: pictures(), target: floats([batch, classes], () => 0) };
  return async () => {
    const started = performance.now();
    await served.run(feeds);
    return (performance.now() - started) / 1000;
  };
}
