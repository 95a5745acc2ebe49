// Instance segmentation (YOLACT, Bolya et al. 2019): a detector whose positions also say how to mix a few masks of the
// whole picture, the prototypes, into the mask of their object.

import type { Built } from '@migaki/graph';
import type { FeatureMap } from '../../networks/feature-map.ts';
import { channelsOf, type Layers } from '../../networks/layers.ts';
import { detectionMaps, doubled, featurePyramid } from '../../networks/pyramid.ts';
import { boxesInPicture, keptAnswers } from '../detect/answers.ts';
import { detectInputs } from '../detect/detect.ts';
import { type DetectHead, detectHead } from '../detect/head.ts';
import { type DetectTruth, detectLoss } from '../detect/loss.ts';
import { natural } from '../recipes.ts';
import type { Task } from '../task.ts';
import { croppedTo, maskLoss, mixedMasks } from './masks.ts';
import { maskStride, mostMasks } from './targets.ts';

const prototypeCount = 24;

export const segment: Task<'segment'> = {
  recipe: () => natural,
  targets: (g, { classCount }, batch, { width, height }) => ({
    ...detectInputs(g, classCount, batch),
    masks: g.input('masks', 'uint8', [
      ...[batch, mostMasks, height / maskStride, width / maskStride],
    ]),
    mask_rows: g.input('mask_rows', 'int64', [batch, mostMasks]),
    has_mask: g.input('has_mask', 'float32', [batch, mostMasks]),
  }),
  head: (layers, maps, { classCount }, { width, input }) => {
    const pyramid = featurePyramid(layers, detectionMaps(layers, maps, input), width);
    return {
      ...detectHead(layers, pyramid, { classCount, extras: { mix: prototypeCount } }),
      prototypes: prototypesOf(layers, pyramid[0]),
    };
  },
  loss: (g, head, targets, _, stop) => {
    const found = detectLoss(g, head as DetectHead, targets as unknown as DetectTruth, stop);
    const masks = maskLoss(g, head, targets, stop(found.assignment.shares));
    return {
      loss: g.add(found.loss, masks),
      parts: { ...found.parts, mask_loss: masks },
    };
  },
  answers: (g, head, _, frame) => {
    const { boxes, scores, classes, positions } = keptAnswers(g, head as DetectHead);
    const masks = g.sigmoid(mixedMasks(g, head, positions));
    const bytes = g.cast(g.add(g.mul(croppedTo(g, masks, boxes), 255), 0.5), { to: 'uint8' });
    return { boxes: boxesInPicture(g, boxes, frame), scores, classes, masks: bytes };
  },
};

/** [N,P,H/4,W/4] out of the finest map. */
function prototypesOf(layers: Layers, { stride, value }: FeatureMap): Built {
  const { g } = layers;
  const channels = channelsOf(value);
  let x = g.relu(layers.convNorm('head/prototypes/a', value, channels, { kernel: 3 }));
  for (let at = stride; at > maskStride; at /= 2) x = doubled(layers, x);
  x = g.relu(layers.convNorm('head/prototypes/b', x, channels >> 1, { kernel: 3 }));
  return layers.conv('head/prototypes/c', x, prototypeCount);
}
