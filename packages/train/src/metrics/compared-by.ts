// Labels and answers as COCO's evaluation takes them.

import type { CocoDataset, CocoResult } from '@migaki/coco';
import type { ClassName, LabelledPicture } from '../samples/training-set.ts';

export type IouType = 'bbox' | 'segm' | 'keypoints';

/** The first result decides how pycocotools reads them all, so each says just what is to be compared. */
export function comparedBy(iouType: IouType, result: CocoResult): CocoResult {
  const { bbox, segmentation, keypoints, ...of } = result;
  if (iouType === 'bbox') return { ...of, bbox };
  return iouType === 'segm' ? { ...of, segmentation } : { ...of, keypoints };
}

/** The labels of pictures as a COCO file has them; the objects are numbered from 1 in their order. */
export function cocoTruth(
  pictures: readonly LabelledPicture[],
  classes: readonly ClassName[],
): CocoDataset {
  let id = 0;
  return {
    images: pictures.map(({ imageId, fileName, width, height }) => ({
      id: imageId,
      file_name: fileName,
      width,
      height,
    })),
    categories: classes.map(({ categoryId, name }) => ({ id: categoryId, name })),
    annotations: pictures.flatMap((picture) =>
      picture.objects.map(({ classIndex, box, rings, keypoints, isCrowd }) => {
        const [left, top, right, bottom] = box;
        return {
          id: ++id,
          image_id: picture.imageId,
          category_id: classes[classIndex].categoryId,
          bbox: [left, top, right - left, bottom - top] as [number, number, number, number],
          area: areaOf(rings) || (right - left) * (bottom - top),
          iscrowd: isCrowd ? (1 as const) : (0 as const),
          ...(rings.length > 0 && { segmentation: rings.map((ring) => [...ring]) }),
          ...(keypoints.length > 0 && {
            keypoints: [...keypoints],
            num_keypoints: keypoints.filter((value, i) => i % 3 === 2 && value > 0).length,
          }),
        };
      }),
    ),
  };
}

/** Square pixels of outlines that do not overlap (Gauss's formula). */
function areaOf(rings: readonly Float32Array[]): number {
  return rings.reduce((total, ring) => {
    let doubled = 0;
    for (let i = 0, j = ring.length - 2; i + 1 < ring.length; j = i, i += 2) {
      doubled += ring[j] * ring[i + 1] - ring[i] * ring[j + 1];
    }
    return total + Math.abs(doubled) / 2;
  }, 0);
}
