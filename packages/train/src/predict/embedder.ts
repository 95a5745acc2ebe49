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
  const cut = card.task.task === 'embed' ? bytes : cutAtLastMap(bytes, card, where);
  return predictorOf(await openSession(cut, threads), card, 'embed');
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
