// A trained model as what it sees in a picture: the answer of one that embeds, of any other the mean of its backbone's last
// feature map. The file stays as it is; its graph is cut when it is opened.

import {
  graphBuilder,
  inferShapes,
  modelOf,
  readOnnx,
  removeUnused,
  writeOnnx,
} from '@migaki/graph';
import type { ModelCard } from '../export/model-card.ts';
import { lastMapOf } from '../networks/imported-backbone.ts';
import { lastChannels, usualSize } from '../networks/residual.ts';
import type { Raster } from '../pictures/raster.ts';
import { hostTensorOf, openSession, ortTensor } from '../runtime/session.ts';
import { readModelCard } from './predictor.ts';

export interface Embedder {
  readonly card: ModelCard;
  /** As the network has it, of any length. */
  embed(picture: Raster): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * @param where how messages call the file
 * @throws TrainError `not-a-model`; `bad-init` where no feature map is found in it, as in one of half precision
 *
 * @example
 * const embedder = await openEmbedder(await readFile('model.onnx'), 'model.onnx', { threads: 2 });
 * const vector = await embedder.embed(await readPicture('photo.jpg'));
 */
export async function openEmbedder(
  bytes: Uint8Array,
  where: string,
  { threads }: { threads: number },
): Promise<Embedder> {
  const card = readModelCard(bytes, where);
  const session = await openSession(
    card.task.task === 'embed' ? bytes : cutAtLastMap(bytes, card, where),
    threads,
  );
  return {
    card,
    async embed({ width, height, data }) {
      const { embedding } = await session.run({
        picture: ortTensor({ type: 'uint8', shape: [1, height, width, 3], data }),
      });
      return hostTensorOf(embedding).data as Float32Array;
    },
    close: session.close,
  };
}

/** The model with one output `embedding` [N,C] in place of its own. */
function cutAtLastMap(bytes: Uint8Array, card: ModelCard, where: string): Uint8Array {
  const graph = inferShapes(readOnnx(bytes).model.graph);
  const channels = lastChannels(card.size ?? usualSize);
  const { name, tokensBefore } = lastMapOf(graph, card.input, channels, where);
  const g = graphBuilder({ ...graph, outputs: [] });
  const map = g.value(name);
  const mean =
    tokensBefore === null
      ? g.flatten(g.globalAveragePool(map))
      : g.reduceMean(g.slice(map, [tokensBefore], [Number.MAX_SAFE_INTEGER], [1]), g.int64([1]), {
          keepdims: 0,
        });
  g.output(mean, 'embedding');
  return writeOnnx(modelOf(removeUnused(g.graph('embedding'))));
}
