import { phrase } from '@migaki/coco';
import { StoreError } from '@migaki/store';

/** Folders of a class are made of pictures: without them there is no file to write. */
export const lacksPictures = (format: string): StoreError =>
  new StoreError('bad-export', {
    expected: phrase`an export with pictures: in ${format} they are all there is`,
    found: phrase`one without`,
    advice: phrase`Export with pictures (--with-images), or choose csv for the labels alone.`,
  });
