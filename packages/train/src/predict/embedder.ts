// A trained model as what it sees in a picture: the answer of one that embeds, of any other the mean of its backbone's last
// feature map. The file stays as it is; its graph is cut, or given one more output, when it is opened.

import {
  type Graph,
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
import { openSession } from '../runtime/session.ts';
import { type Predictor, predictorOf, readModelCard } from './predictor.ts';

/**
 * @param where how messages call the file
 * @returns answers of the kind `embedding`, as the network has them: of any length
 * @throws TrainError `not-a-model`; `bad-init` where no feature map is found in it, as in one of half precision
 *
 * @example
 * const embedder = await openEmbedder(await readFile('model.onnx'), 'model.onnx', { threads: 2 });
 * const answer = await embedder.predict(await readPicture('photo.jpg'));
 */
export async function openEmbedder(
  bytes: Uint8Array,
  where: string,
  { threads }: { threads: number },
): Promise<Predictor> {
  const card = readModelCard(bytes, where);
  const cut = card.task.task === 'embed' ? bytes : withMeanOfLastMap(bytes, card, where, []);
  return predictorOf(await openSession(cut, threads), card, 'embed');
}

/**
 * Both at once, for what one look costs: the model's own answers, each with what it `saw`, as `openEmbedder` has it.
 *
 * @throws as `openEmbedder`
 */
export async function openSeeingPredictor(
  bytes: Uint8Array,
  where: string,
  { threads }: { threads: number },
): Promise<Predictor> {
  const card = readModelCard(bytes, where);
  const { outputs } = readOnnx(bytes).model.graph;
  const seeing =
    card.task.task === 'embed' ? bytes : withMeanOfLastMap(bytes, card, where, outputs);
  return predictorOf(await openSession(seeing, threads), card, card.task.task);
}

/** The model with an output `embedding` [N,C], and of its own only some. */
function withMeanOfLastMap(
  bytes: Uint8Array,
  card: ModelCard,
  where: string,
  kept: Graph['outputs'],
): Uint8Array {
  const graph = inferShapes(readOnnx(bytes).model.graph);
  const channels = lastChannels(card.size ?? usualSize);
  const { name, tokensBefore } = lastMapOf(graph, card.input, channels, where);
  const g = graphBuilder({ ...graph, outputs: kept });
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
