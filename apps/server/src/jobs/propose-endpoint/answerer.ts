// What each protocol makes of an endpoint: it is shown a picture, and answers with results.

import type { Image, StagedResult } from '@migaki/store';
import type { AdoptedClass } from '../adopt-categories.ts';

export interface PictureShown {
  readonly image: Image;
  /** The file as it is. */
  readonly bytes: Buffer<ArrayBuffer>;
}

export interface Results {
  /** Fields of COCO results, with the endpoint's own ids of categories. */
  readonly fields: readonly StagedResult['fields'][];
  /** What those ids mean, where the endpoint says so; it may list more than there are results of. */
  readonly classNames: ReadonlyMap<number, string> | null;
  /** The same with all that it says of them, where that is more. */
  readonly classes?: readonly AdoptedClass[];
}

export interface Answerer {
  /**
   * @throws RequestRefused, StoreError, PictureError
   */
  resultsOf(picture: PictureShown): Promise<Results>;
}
