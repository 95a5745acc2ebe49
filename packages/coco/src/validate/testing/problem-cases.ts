// One broken file per kind of problem, and the sound records that they are broken from.

import type { ProblemCode } from '../problem.ts';

export const image = { id: 1, file_name: 'a.jpg', width: 100, height: 80 };
export const category = { id: 1, name: 'cell' };
export const person = { id: 1, name: 'person', keypoints: ['nose', 'tail'], skeleton: [[1, 2]] };
export const object = {
  id: 1,
  image_id: 1,
  category_id: 1,
  bbox: [10, 10, 20, 20],
  area: 400,
  iscrowd: 0,
};
export const square = [10, 10, 30, 10, 30, 30, 10, 30];
export const outlined = { ...object, segmentation: [square] };
export const posed = { ...object, keypoints: [12, 12, 2, 0, 0, 0], num_keypoints: 1 };
export const caption = { id: 1, image_id: 1, caption: 'cells' };
const segment = { id: 7, category_id: 1, area: 400, bbox: [10, 10, 20, 20], iscrowd: 0 };
export const panoptic = { image_id: 1, file_name: 'a.png', segments_info: [segment] };
export const result = { image_id: 1, category_id: 1, score: 0.5, bbox: [1, 1, 5, 5] };

export const instances = (...annotations: unknown[]) => ({
  images: [image],
  annotations,
  categories: [category],
});
export const keypoints = (...annotations: unknown[]) => ({
  images: [image],
  annotations,
  categories: [person],
});
const withImages = (...images: unknown[]) => ({ images, annotations: [], categories: [category] });
const withCategories = (...categories: unknown[]) => ({
  images: [image],
  annotations: [],
  categories,
});
export const rle = (counts: unknown, size: unknown = [80, 100]) => ({
  ...object,
  bbox: [0, 0, 1, 10],
  area: 10,
  iscrowd: 1,
  segmentation: { size, counts },
});

export interface ProblemCase {
  file: unknown;
  path: string;
  /** What the repair says; null where there is none. */
  repair: RegExp | null;
  /** What the repaired file holds at `path` (or at the record, where the path ends there). */
  becomes?: unknown;
}

/** One broken file per kind of problem: total, so that a new kind without a test does not compile. */
export const problemCases: Record<ProblemCode, ProblemCase | ProblemCase[]> = {
  'byte-order-mark': {
    file: `\ufeff${JSON.stringify(instances(object))}`,
    path: '$',
    repair: /left out/,
  },
  'duplicate-key': {
    file: '{"images":[{"id":1,"id":1,"file_name":"a","width":1,"height":1}],"annotations":[],"categories":[]}',
    path: '$.images[0].id',
    repair: /the last value counts/,
  },
  'not-a-number': {
    file: '{"images":[],"annotations":[],"categories":[{"id":1,"name":"a","weight":NaN}]}',
    path: '$.categories[0].weight',
    repair: null,
  },
  'missing-section': {
    file: { images: [], annotations: [] },
    path: '$.categories',
    repair: /now empty/,
    becomes: [],
  },
  'not-an-object': { file: instances(object, 7), path: '$.annotations[1]', repair: /left out/ },
  'missing-field': [
    {
      file: withImages({ ...image, id: undefined }),
      path: '$.images[0].id',
      repair: /now 1/,
      becomes: 1,
    },
    {
      file: withImages({ ...image, file_name: undefined }),
      path: '$.images[0].file_name',
      repair: null,
    },
    { file: withImages({ ...image, height: undefined }), path: '$.images[0].height', repair: null },
    {
      file: instances({ ...object, image_id: undefined }),
      path: '$.annotations[0].image_id',
      repair: null,
    },
    { file: [{ ...result, score: undefined }], path: '$[0].score', repair: null },
  ],
  'wrong-type': [
    {
      file: withCategories({ id: 1, name: 7 }),
      path: '$.categories[0].name',
      repair: /now "7"/,
      becomes: '7',
    },
    {
      file: withCategories({ ...person, keypoints: 'nose', skeleton: [] }),
      path: '$.categories[0].keypoints',
      repair: null,
    },
    { file: [{ ...result, score: 'high' }], path: '$[0].score', repair: null },
  ],
  'id-not-an-integer': [
    {
      file: instances({ ...object, id: '12' }),
      path: '$.annotations[0].id',
      repair: /now 12/,
      becomes: 12,
    },
    {
      file: instances({ ...object, image_id: '1' }),
      path: '$.annotations[0].image_id',
      repair: /now 1/,
      becomes: 1,
    },
    {
      file: instances({ ...object, id: 1.5 }),
      path: '$.annotations[0].id',
      repair: /now 1/,
      becomes: 1,
    },
    { file: [{ ...result, image_id: '5' }], path: '$[0].image_id', repair: /now 5/, becomes: 5 },
  ],
  'id-not-positive': {
    file: instances({ ...object, id: 0 }),
    path: '$.annotations[0].id',
    repair: /now 1/,
    becomes: 1,
  },
  'duplicate-id': [
    {
      file: instances(object, { ...object, bbox: [0, 0, 20, 20] }),
      path: '$.annotations[1].id',
      repair: /now 2/,
      becomes: 2,
    },
    {
      file: withImages(image, { ...image, file_name: 'b.jpg' }),
      path: '$.images[1].id',
      repair: null,
    },
  ],
  'duplicate-record': {
    file: instances(object, object),
    path: '$.annotations[1]',
    repair: /left out/,
  },
  'unknown-image': {
    file: instances({ ...object, image_id: 9 }),
    path: '$.annotations[0].image_id',
    repair: null,
  },
  'unknown-category': {
    file: instances({ ...object, category_id: 9 }),
    path: '$.annotations[0].category_id',
    repair: /category 9 was added/,
  },

  'bad-image-size': [
    { file: withImages({ ...image, width: 0 }), path: '$.images[0].width', repair: null },
    {
      file: withImages({ ...image, width: '100' }),
      path: '$.images[0].width',
      repair: /now 100/,
      becomes: 100,
    },
  ],
  'unsafe-file-name': [
    {
      file: withImages({ ...image, file_name: '../../etc/passwd' }),
      path: '$.images[0].file_name',
      repair: null,
    },
    {
      file: { ...instances(), annotations: [{ ...panoptic, file_name: '/a.png' }] },
      path: '$.annotations[0].file_name',
      repair: null,
    },
  ],
  'duplicate-file-name': {
    file: withImages(image, { ...image, id: 2 }),
    path: '$.images[1].file_name',
    repair: null,
  },
  'duplicate-category-name': {
    file: withCategories(category, { ...category, id: 2 }),
    path: '$.categories[1].name',
    repair: null,
  },
  'bad-skeleton': [
    {
      file: withCategories({ ...person, skeleton: [[1, 3]] }),
      path: '$.categories[0].skeleton[0]',
      repair: /edge left out/,
    },
    {
      file: withCategories({ ...person, skeleton: 'none' }),
      path: '$.categories[0].skeleton',
      repair: null,
    },
  ],

  'missing-bbox': {
    file: instances({ ...outlined, bbox: undefined }),
    path: '$.annotations[0]',
    repair: /around the outline/,
  },
  'bad-bbox': [
    {
      file: instances({ ...object, bbox: [1, 2, 3] }),
      path: '$.annotations[0].bbox',
      repair: null,
    },
    {
      file: instances({ ...outlined, bbox: null }),
      path: '$.annotations[0].bbox',
      repair: /around the outline/,
      becomes: [10, 10, 20, 20],
    },
    {
      file: instances({ ...object, bbox: ['10', '10', '20', '20'] }),
      path: '$.annotations[0].bbox',
      repair: /now \[10/,
      becomes: [10, 10, 20, 20],
    },
  ],
  'negative-bbox': {
    file: instances({ ...object, bbox: [30, 30, -20, -20] }),
    path: '$.annotations[0].bbox',
    repair: /same region/,
    becomes: [10, 10, 20, 20],
  },
  'zero-size-bbox': [
    {
      file: instances({ ...object, bbox: [5, 5, 0, 10], area: 0 }),
      path: '$.annotations[0].bbox',
      repair: null,
    },
    {
      file: instances({ ...outlined, bbox: [5, 5, 0, 10] }),
      path: '$.annotations[0].bbox',
      repair: /around the outline/,
      becomes: [10, 10, 20, 20],
    },
  ],
  'bbox-outside-image': [
    {
      file: instances({ ...object, bbox: [90, 10, 20, 20], area: 200 }),
      path: '$.annotations[0].bbox',
      repair: /the part inside/,
      becomes: [90, 10, 10, 20],
    },
    {
      file: instances({ ...object, bbox: [190, 10, 20, 20] }),
      path: '$.annotations[0].bbox',
      repair: null,
    },
  ],
  'bbox-differs-from-mask': {
    file: instances({ ...outlined, bbox: [40, 40, 20, 20] }),
    path: '$.annotations[0].bbox',
    repair: null,
  },

  'bad-segmentation': [
    {
      file: instances({ ...object, segmentation: 'none' }),
      path: '$.annotations[0].segmentation',
      repair: null,
    },
    {
      file: instances({ ...object, segmentation: square }),
      path: '$.annotations[0].segmentation',
      repair: /list of this one/,
      becomes: [square],
    },
  ],
  'polygon-too-short': {
    file: instances({ ...outlined, segmentation: [square, [1, 2, 3, 4]] }),
    path: '$.annotations[0].segmentation[1]',
    repair: /left out/,
  },
  'polygon-odd-length': {
    file: instances({ ...outlined, segmentation: [[...square, 5]] }),
    path: '$.annotations[0].segmentation[0]',
    repair: /last number/,
    becomes: square,
  },
  'polygon-not-finite': {
    file: instances({ ...outlined, segmentation: [square, [1, null, 3, 4, 5, 6]] }),
    path: '$.annotations[0].segmentation[1][1]',
    repair: /left out/,
  },
  'polygon-outside-image': {
    file: instances({
      ...object,
      bbox: [0, 10, 30, 20],
      area: 600,
      segmentation: [[-10, 10, 30, 10, 30, 30, -10, 30]],
    }),
    path: '$.annotations[0].segmentation[0]',
    repair: /cut at the edge/,
    becomes: [0, 10, 30, 10, 30, 30, 0, 30],
  },
  'polygon-crosses-itself': {
    file: instances({
      ...object,
      bbox: [10, 10, 20, 20],
      area: 200,
      segmentation: [[10, 10, 30, 30, 30, 10, 10, 30]],
    }),
    path: '$.annotations[0].segmentation[0]',
    repair: null,
  },
  'bad-rle': [
    {
      file: instances(rle([0, -5, 10])),
      path: '$.annotations[0].segmentation.counts[1]',
      repair: null,
    },
    {
      file: instances(rle([0, 10, 7990], [80])),
      path: '$.annotations[0].segmentation.size',
      repair: null,
    },
    { file: instances(rle(7)), path: '$.annotations[0].segmentation.counts', repair: null },
  ],
  'rle-wrong-size': {
    file: instances(rle([0, 10, 7990], [100, 80])),
    path: '$.annotations[0].segmentation.size',
    repair: null,
  },
  'rle-wrong-length': [
    {
      file: instances(rle([0, 10, 90])),
      path: '$.annotations[0].segmentation.counts',
      repair: /background added/,
      becomes: [0, 10, 7990],
    },
    {
      file: instances(rle([0, 10])),
      path: '$.annotations[0].segmentation.counts',
      repair: /background added/,
      becomes: [0, 10, 7990],
    },
    {
      file: instances(rle([0, 10, 7990, 4])),
      path: '$.annotations[0].segmentation.counts',
      repair: /cut at the end/,
      becomes: [0, 10, 7990],
    },
  ],

  'missing-area': {
    file: instances({ ...object, area: undefined }),
    path: '$.annotations[0]',
    repair: /now 400/,
  },
  'wrong-area': [
    {
      file: instances({ ...object, area: 100 }),
      path: '$.annotations[0].area',
      repair: /now 400/,
      becomes: 400,
    },
    {
      file: instances({ ...outlined, area: -1 }),
      path: '$.annotations[0].area',
      repair: /now 400/,
      becomes: 400,
    },
    {
      file: instances({ ...rle([0, 10, 7990]), area: 500 }),
      path: '$.annotations[0].area',
      repair: /now 10/,
      becomes: 10,
    },
  ],
  'missing-iscrowd': {
    file: instances({ ...object, iscrowd: undefined }),
    path: '$.annotations[0]',
    repair: /now 0/,
  },
  'bad-iscrowd': [
    {
      file: instances({ ...object, iscrowd: false }),
      path: '$.annotations[0].iscrowd',
      repair: /now 0/,
      becomes: 0,
    },
    { file: instances({ ...object, iscrowd: 2 }), path: '$.annotations[0].iscrowd', repair: null },
  ],
  'crowd-with-polygons': {
    file: instances({ ...outlined, iscrowd: 1 }),
    path: '$.annotations[0].segmentation',
    repair: null,
  },

  'bad-keypoints': [
    {
      file: keypoints({ ...posed, keypoints: [1, 1, 2] }),
      path: '$.annotations[0].keypoints',
      repair: null,
    },
    {
      file: keypoints({ ...posed, keypoints: [1, 1, 2, 1, 1, 'x'] }),
      path: '$.annotations[0].keypoints',
      repair: null,
    },
    { file: [{ ...result, keypoints: [1, 2] }], path: '$[0].keypoints', repair: null },
  ],
  'bad-visibility': {
    file: keypoints({ ...posed, keypoints: [12, 12, 0.9, 0, 0, 0] }),
    path: '$.annotations[0].keypoints[2]',
    repair: /now 2/,
    becomes: 2,
  },
  'wrong-num-keypoints': {
    file: keypoints({ ...posed, num_keypoints: 2 }),
    path: '$.annotations[0].num_keypoints',
    repair: /now 1/,
    becomes: 1,
  },
  'unlabelled-keypoint-with-place': {
    file: keypoints({ ...posed, keypoints: [12, 12, 2, 5, 5, 0] }),
    path: '$.annotations[0].keypoints[3]',
    repair: null,
  },
  'keypoint-outside-image': {
    file: keypoints({ ...posed, keypoints: [120, 12, 2, 0, 0, 0] }),
    path: '$.annotations[0].keypoints[0]',
    repair: null,
  },

  'empty-caption': {
    file: { images: [image], annotations: [{ ...caption, caption: ' ' }] },
    path: '$.annotations[0].caption',
    repair: null,
  },

  'duplicate-panoptic-picture': {
    file: { ...instances(), annotations: [panoptic, { ...panoptic, file_name: 'b.png' }] },
    path: '$.annotations[1].image_id',
    repair: null,
  },
  'bad-segment-id': {
    file: {
      ...instances(),
      annotations: [{ ...panoptic, segments_info: [{ ...segment, id: 0 }] }],
    },
    path: '$.annotations[0].segments_info[0].id',
    repair: null,
  },
  'duplicate-segment-id': {
    file: { ...instances(), annotations: [{ ...panoptic, segments_info: [segment, segment] }] },
    path: '$.annotations[0].segments_info[1].id',
    repair: null,
  },

  'score-outside-range': { file: [{ ...result, score: 50 }], path: '$[0].score', repair: null },
  'result-without-geometry': {
    file: [{ image_id: 1, category_id: 1, score: 1 }],
    path: '$[0]',
    repair: null,
  },
};
