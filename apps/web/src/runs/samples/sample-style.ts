// How what a model says is drawn beside what is true. Signs beyond colour: right is a whole line, wrong a dotted one, missed
// a dashed one.

import type { Category, Sample, TrainTask } from '@migaki/api';
import type { DrawnObject, OverlayStyle } from '../../dataset/overlay/draw-overlays.ts';
import { likenessFor } from './likeness.ts';
import { type Judged, judge, type Verdict } from './match-objects.ts';

export const verdictColors: Record<Verdict, string> = {
  right: '#20c997',
  wrong: '#ff922b',
  missed: '#f06595',
};

/** What of a sample is drawn. */
export interface SampleLook {
  isPredictionShown: boolean;
  isTruthShown: boolean;
  /** Colours say what is right, or which category it is. */
  colorBy: 'verdict' | 'category';
  leastScore: number;
}

/** Where there is little room, what is right goes without a label. */
export type LabelRoom = 'little' | 'enough';

export interface DrawnSample {
  overlays: DrawnObject[];
  style: OverlayStyle;
  judged: Judged[];
}

export function drawnSample(
  sample: Sample,
  task: TrainTask | null,
  look: SampleLook,
  categories: ReadonlyMap<number, Category>,
  categoryColor: (categoryId: number | null) => string,
  room: LabelRoom,
): DrawnSample {
  const { predicted, truth } = sample;
  const likeness = likenessFor(task, { picture: sample, categories });
  const judged = judge(truth.objects, predicted.objects, look.leastScore, likeness);
  const shown = judged.filter(({ isTruth, verdict }) => {
    if (!isTruth) return look.isPredictionShown;
    // What was found is told by the prediction over it.
    return (
      look.isTruthShown &&
      (verdict === 'missed' || !look.isPredictionShown || look.colorBy === 'category')
    );
  });
  const overlays = shown.map(({ object, isTruth }, index): DrawnObject => {
    const { bbox, segmentation, keypoints, iscrowd, categoryId, score } = object;
    return {
      id: index,
      bbox,
      segmentation,
      keypoints: rounded(keypoints),
      iscrowd,
      categoryId,
      score: isTruth ? null : score,
      origin: 'model',
      state: 'accepted',
      caption: null,
      born: 0,
    };
  });
  const of = ({ id }: { id?: number }): Judged => shown[id ?? 0];
  return {
    overlays,
    judged,
    style: {
      categories,
      areSidesColored: look.colorBy === 'category',
      colorOf: (object) =>
        look.colorBy === 'verdict'
          ? verdictColors[look.isPredictionShown ? of(object).verdict : 'right']
          : categoryColor(object.categoryId),
      isLabelled: (object) => {
        const { verdict, isTruth } = of(object);
        if (room === 'little') return look.colorBy === 'verdict' && verdict !== 'right';
        return !isTruth || verdict === 'missed';
      },
      isGhost: (object) =>
        look.colorBy === 'category' && of(object).isTruth && look.isPredictionShown,
      lineOf: (object) => {
        const { verdict, isTruth } = of(object);
        if (verdict === 'wrong') return 'crowd';
        return verdict === 'missed' && isTruth && look.isPredictionShown ? 'proposed' : 'plain';
      },
    },
  };
}

/** A model's visibility is a likelihood; what is drawn knows seen and hidden. */
const rounded = (keypoints: number[] | null): number[] | null =>
  keypoints?.map((value, index) => (index % 3 !== 2 || value > 1 ? value : value >= 0.5 ? 2 : 1)) ??
  null;
