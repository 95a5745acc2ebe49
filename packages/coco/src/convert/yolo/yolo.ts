// YOLO in the Ultralytics layout, both ways: detect, segment and pose with data.yaml; classify is a folder per class.

import type { AnnotationFormat } from '../format.ts';
import { extensionOf } from '../safe-path.ts';
import { startOfText } from '../text-file.ts';
import { looksLikeDataYaml } from './data-yaml.ts';
import { isListOfNames, readYolo } from './read.ts';
import { writeYolo } from './write.ts';

export const yolo: AnnotationFormat = {
  name: 'yolo',
  title: 'YOLO (Ultralytics layout)',

  async recognises(tree) {
    for (const path of tree.paths) {
      if (!/\.ya?ml$/i.test(path)) continue;
      if (looksLikeDataYaml(await startOfText(tree, path))) return true;
    }
    const hasLabels = tree.paths.some((path) => {
      return extensionOf(path) === 'txt' && !isListOfNames(path);
    });
    return hasLabels && tree.paths.some(isListOfNames);
  },

  read: readYolo,
  write: writeYolo,
};
