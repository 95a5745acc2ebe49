// The COCO data format as its files hold it (https://cocodataset.org/#format-data). Field names are
// the files' own. Every record may carry fields of other tools; they are kept (`[field: string]`).

/** `[x, y, width, height]` in pixels of the picture, origin at its top left corner, floats allowed. */
export type Bbox = [x: number, y: number, width: number, height: number];

/** One ring `[x0, y0, x1, y1, …]` in pixels, closed without repeating its first point. */
export type Polygon = number[];

/** Run lengths down the columns, zeros first. `size` is `[height, width]`. */
export interface UncompressedRle {
  size: [height: number, width: number];
  counts: number[];
}

/** The same run lengths in pycocotools' text form: six bits a character, see `mask/rle-text.ts`. */
export interface CompressedRle {
  size: [height: number, width: number];
  counts: string;
}

/** Several polygons mean their union: COCO polygons have no holes, RLE masks have. */
export type Segmentation = Polygon[] | UncompressedRle | CompressedRle;

export interface CocoImage {
  id: number;
  file_name: string;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  license?: number;
  date_captured?: string;
  flickr_url?: string;
  coco_url?: string;
  [field: string]: unknown;
}

export interface CocoCategory {
  id: number;
  name: string;
  supercategory?: string;
  /** Names of the keypoints, in the order in which annotations list them. */
  keypoints?: string[];
  /** Edges between keypoints, counted from 1. */
  skeleton?: [from: number, to: number][];
  [field: string]: unknown;
}

/** One object of an instances or keypoints file. */
export interface CocoAnnotation {
  id: number;
  image_id: number;
  category_id: number;
  bbox?: Bbox;
  segmentation?: Segmentation;
  /** Square pixels of the mask, or of the box where there is no mask. */
  area?: number;
  /** 1 marks a region of many objects that nobody told apart. */
  iscrowd?: 0 | 1;
  /** `[x, y, visibility, …]`; visibility 0 = not labelled, 1 = labelled but hidden, 2 = visible. */
  keypoints?: number[];
  /** How many keypoints have a visibility above 0. */
  num_keypoints?: number;
  score?: number;
  attributes?: Record<string, unknown>;
  [field: string]: unknown;
}

/** An instances or keypoints file. Sections beyond these five are kept as they came. */
export interface CocoDataset {
  info?: Record<string, unknown>;
  licenses?: unknown[];
  images: CocoImage[];
  annotations: CocoAnnotation[];
  categories: CocoCategory[];
  [section: string]: unknown;
}

/** One sentence about a picture. */
export interface CaptionAnnotation {
  id: number;
  image_id: number;
  caption: string;
  [field: string]: unknown;
}

/** A captions file: it has no categories. */
export interface CaptionDataset {
  info?: Record<string, unknown>;
  licenses?: unknown[];
  images: CocoImage[];
  annotations: CaptionAnnotation[];
  [section: string]: unknown;
}

/** One segment of a panoptic picture; its `id` is the colour R + 256·G + 256²·B in the PNG. */
export interface PanopticSegment {
  id: number;
  category_id: number;
  area: number;
  bbox: Bbox;
  iscrowd: 0 | 1;
  [field: string]: unknown;
}

/** All segments of one picture. `file_name` names the PNG that holds the segment of each pixel. */
export interface PanopticAnnotation {
  image_id: number;
  file_name: string;
  segments_info: PanopticSegment[];
  [field: string]: unknown;
}

/** A panoptic file. */
export interface PanopticDataset {
  info?: Record<string, unknown>;
  licenses?: unknown[];
  images: CocoImage[];
  annotations: PanopticAnnotation[];
  categories: CocoCategory[];
  [section: string]: unknown;
}

/** One entry of a results file, which is a plain array: what a model says of a picture. */
export interface CocoResult {
  image_id: number;
  category_id: number;
  score: number;
  bbox?: Bbox;
  segmentation?: Segmentation;
  keypoints?: number[];
  [field: string]: unknown;
}

/** The five kinds of COCO file. */
export type CocoKind = 'instances' | 'keypoints' | 'captions' | 'panoptic' | 'results';
