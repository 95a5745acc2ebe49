import { type AnnotationObject, isPictureLabel, rotatedBoxOf } from '@migaki/annotator';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What kind of thing an object is, in a word or two: `Polygon, 2 holes`. */
export function useShapeText(): (object: AnnotationObject) => string {
  const { t } = useTranslation();
  return useCallback(
    (object) => {
      const { segmentation, bbox, keypoints, isCrowd } = object;
      if (isPictureLabel(object)) return t('annotate.panel.wholePicture');
      const parts: string[] = [];
      if (segmentation?.type === 'mask') parts.push(t('shapes.mask'));
      else if (segmentation !== null) {
        const isBox = rotatedBoxOf(object) !== null;
        parts.push(isBox ? t('annotate.panel.rotatedBox') : t('shapes.polygon'));
        const { regions } = segmentation;
        const holes = regions.reduce((count, region) => count + region.holes.length, 0);
        if (regions.length > 1) parts.push(t('annotate.panel.parts', { count: regions.length }));
        if (holes > 0) parts.push(t('annotate.panel.holes', { count: holes }));
      } else if (keypoints === null && bbox !== null) parts.push(t('shapes.box'));
      if (keypoints !== null) {
        const set = keypoints.filter((value, i) => i % 3 === 2 && value > 0).length;
        parts.push(`${t('shapes.keypoints')} ${set}/${keypoints.length / 3}`);
      }
      if (isCrowd) parts.push(t('annotate.panel.crowdShort'));
      return parts.join(', ');
    },
    [t],
  );
}
