// Where every reader puts what it finds: numbers pictures, categories and annotations, fills in what a
// shape implies, and keeps going over records that cannot be used.

import { CocoError } from '../coco-error.ts';
import { rleArea, rleBbox } from '../mask/rle.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import { faultPhrase, phrase } from '../phrase.ts';
import type { CaptionAnnotation, CocoAnnotation, CocoDataset, CocoImage } from '../types.ts';
import { CategoryTable } from './category-table.ts';
import { isPictureLabel } from './conventions.ts';
import type { ReadPart, ReadResult } from './format.ts';
import { LossList } from './loss.ts';
import { polygonsArea, polygonsBbox } from './outline-measures.ts';
import { isPixelCount } from './picture-index.ts';
import { safePath } from './safe-path.ts';
import { shapeFault } from './shape-fault.ts';
import { badInput } from './text-file.ts';

/** A picture before it has an id. */
export interface NewImage {
  file_name: string;
  width: number;
  height: number;
  [field: string]: unknown;
}

/** What an annotation says of its place. Without any of it, it is a label of the whole picture. */
export type NewShape = Partial<
  Pick<
    CocoAnnotation,
    | 'bbox'
    | 'segmentation'
    | 'area'
    | 'iscrowd'
    | 'keypoints'
    | 'num_keypoints'
    | 'score'
    | 'attributes'
  >
>;

/** An annotation before it has an id and a picture. */
export interface NewAnnotation extends NewShape {
  category_id: number;
  [field: string]: unknown;
}

/** Records that make a part. */
const PART_SIZE = 10_000;

/**
 * Builds one dataset, whole or part by part.
 *
 * @example
 * const builder = new DatasetBuilder();
 * const image = builder.addImage({ file_name: 'a.jpg', width: 640, height: 480 }, 'images/a.jpg');
 * builder.attempt(() => {
 *   const box = boxFromLine(line, `labels/a.txt:${number}`); // throws CocoError
 *   builder.addAnnotation(image, { category_id: builder.categories.named('cat').id, bbox: box });
 * });
 * return builder.finish();
 */
export class DatasetBuilder {
  readonly losses = new LossList();
  readonly categories = new CategoryTable();
  readonly #byFileName = new Map<string, CocoImage>();
  #images: CocoImage[] = [];
  #imagePaths = new Map<string, string>();
  #annotations: CocoAnnotation[] = [];
  #captions: CaptionAnnotation[] = [];
  /** Of all parts. */
  readonly #counts = { images: 0, annotations: 0, captions: 0 };
  #firstFault: CocoError | undefined;
  #faultCount = 0;

  /**
   * @param path Where the picture lies in the tree, if it is there.
   * @throws CocoError for an unsafe name, a name that is taken, and a size that no picture has.
   */
  addImage(image: NewImage, path?: string): CocoImage {
    const file_name = safePath(image.file_name);
    if (this.#byFileName.has(file_name)) {
      throw badInput(path ?? file_name, phrase`each picture once`, phrase`${file_name} twice`);
    }
    if (!isPixelCount(image.width) || !isPixelCount(image.height)) {
      throw badInput(
        path ?? file_name,
        phrase`a picture with pixels`,
        `${image.width} × ${image.height}`,
      );
    }
    const added: CocoImage = { id: ++this.#counts.images, ...image, file_name };
    this.#images.push(added);
    this.#byFileName.set(file_name, added);
    if (path !== undefined) this.#imagePaths.set(file_name, path);
    return added;
  }

  /** The picture already added under this name. */
  imageNamed(fileName: string): CocoImage | undefined {
    return this.#byFileName.get(fileName);
  }

  /**
   * Fills in `bbox` and `area` from the mask, `area` from a box, `num_keypoints` and `iscrowd`.
   *
   * @throws CocoError `bad-format-input`, naming `where`, for numbers that are no shape.
   */
  addAnnotation(
    image: CocoImage,
    annotation: NewAnnotation,
    where = image.file_name,
  ): CocoAnnotation {
    const fault = shapeFault(annotation, image);
    if (fault !== undefined) throw badInput(where, phrase`a shape`, fault);
    const id = ++this.#counts.annotations;
    const added: CocoAnnotation = { id, image_id: image.id, ...annotation };
    fillInMeasures(added, image);
    this.#annotations.push(added);
    return added;
  }

  addCaption(image: CocoImage, caption: string): void {
    this.#captions.push({ id: ++this.#counts.captions, image_id: image.id, caption });
  }

  /** Reads one record; a CocoError leaves it out and counts it as the loss `unusable-records`. */
  attempt<T>(readRecord: () => T): T | undefined {
    try {
      return readRecord();
    } catch (error) {
      this.#leaveOut(error);
      return undefined;
    }
  }

  /** `attempt` for records that must be waited for, such as the label file of one picture. */
  async attemptAsync<T>(readRecord: () => Promise<T>): Promise<T | undefined> {
    try {
      return await readRecord();
    } catch (error) {
      this.#leaveOut(error);
      return undefined;
    }
  }

  /** Hands over what is complete, once that is a lot. Nothing of it may be changed afterwards. */
  *parts(): Generator<ReadPart> {
    if (this.#images.length + this.#annotations.length < PART_SIZE) return;
    const part = { dataset: this.#dataset(), imagePaths: this.#imagePaths };
    this.#images = [];
    this.#annotations = [];
    this.#captions = [];
    this.#imagePaths = new Map();
    yield part;
  }

  /**
   * What is left, with the categories of all parts.
   *
   * @throws CocoError the first record's, where nothing was said that could be used: there is no annotation, and as many
   *   records as pictures were left out. Pictures that nobody has annotated are no reason.
   */
  finish(): ReadResult {
    const { images, annotations, captions } = this.#counts;
    const isEmpty = annotations + captions === 0;
    if (this.#firstFault !== undefined && isEmpty && this.#faultCount >= images) {
      throw this.#firstFault;
    }
    return {
      dataset: { ...this.#dataset(), categories: this.categories.categories },
      imagePaths: this.#imagePaths,
      losses: this.losses.entries,
    };
  }

  #dataset(): CocoDataset {
    const dataset: CocoDataset = {
      images: this.#images,
      annotations: this.#annotations,
      categories: [],
    };
    if (this.#captions.length > 0) dataset.captions = this.#captions;
    return dataset;
  }

  #leaveOut(error: unknown): void {
    if (!(error instanceof CocoError)) throw error;
    this.#firstFault ??= error;
    this.#faultCount++;
    this.losses.add('unusable-records', faultPhrase(error.details));
  }
}

function fillInMeasures(annotation: CocoAnnotation, { width, height }: CocoImage): void {
  const { segmentation, keypoints } = annotation;
  if (Array.isArray(segmentation)) {
    if (segmentation.length > 0) {
      annotation.bbox ??= polygonsBbox(segmentation);
      annotation.area ??= polygonsArea(segmentation);
    }
  } else if (segmentation !== undefined) {
    if (annotation.bbox === undefined || annotation.area === undefined) {
      const rle = rleFromSegmentation(segmentation, height, width);
      annotation.bbox ??= rleBbox(rle);
      annotation.area ??= rleArea(rle);
    }
  }
  if (annotation.bbox !== undefined) {
    annotation.area ??= annotation.bbox[2] * annotation.bbox[3];
  }
  if (keypoints !== undefined) {
    annotation.num_keypoints ??= keypoints.filter((value, i) => i % 3 === 2 && value > 0).length;
  }
  if (!isPictureLabel(annotation)) annotation.iscrowd ??= 0;
}
