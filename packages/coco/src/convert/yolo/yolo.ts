// YOLO in the Ultralytics layout, both ways: detect, segment and pose with data.yaml; classify is a folder per class.

import type { AnnotationFormat } from '../format.ts';
import { wholeOf } from '../in-parts.ts';
import { labelTexts } from '../picture-index.ts';
import { extensionOf } from '../safe-path.ts';
import { startOfText } from '../text-file.ts';
import { looksLikeDataYaml } from './data-yaml.ts';
import { isListOfNames, readYolo } from './read.ts';
import { writeYolo } from './write.ts';

/** A class index and at least a box. */
function startsLikeLabels(start: string): boolean {
  return /^\s*\d+(?:[ \t]+-?\d*\.?\d+(?:e-?\d+)?){4,}[ \t]*(?:\r|\n|$)/i.test(start);
}

export const yolo: AnnotationFormat = {
  name: 'yolo',
  title: 'YOLO (Ultralytics layout)',
  tasks: ['detect', 'segment', 'pose', 'classify'],

  async recognises(tree) {
    for (const path of tree.paths) {
      if (!/\.ya?ml$/i.test(path)) continue;
      if (looksLikeDataYaml(await startOfText(tree, path))) return true;
    }
    const hasLabels = tree.paths.some((path) => {
      return extensionOf(path) === 'txt' && !isListOfNames(path);
    });
    if (hasLabels && tree.paths.some(isListOfNames)) return true;
    // Labels whose class names are missing: reading them says so, while nobody else knows what they are.
    for (const path of labelTexts(tree).slice(0, 20)) {
      if (startsLikeLabels(await startOfText(tree, path))) return true;
    }
    return false;
  },

  read: wholeOf(readYolo),
  readParts: readYolo,
  write: writeYolo,
};
