import type { LabelledPicture } from './training-set.ts';

/** Labels of pictures, or of the objects in them where no picture has a label of its own. */
export function withPictureLabels(pictures: readonly LabelledPicture[]): {
  pictures: LabelledPicture[];
  isOfObjects: boolean;
} {
  if (pictures.some(({ labels }) => labels.length > 0)) {
    return { pictures: [...pictures], isOfObjects: false };
  }
  return {
    pictures: pictures.map((picture) => {
      const classes = new Set(picture.objects.map(({ classIndex }) => classIndex));
      return { ...picture, labels: [...classes].sort((a, b) => a - b) };
    }),
    isOfObjects: true,
  };
}
