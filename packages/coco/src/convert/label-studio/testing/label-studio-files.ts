// Label Studio exports for the tests of this folder.

import assert from 'node:assert/strict';
import { memoryTree } from '../../memory-tree.ts';
import { labelStudio } from '../label-studio.ts';

export const size = { width: 640, height: 480 };

export function treeOf(files: Record<string, unknown>) {
  const texts = Object.entries(files).map(([path, content]): [string, string] => {
    return [path, typeof content === 'string' ? content : JSON.stringify(content)];
  });
  const sizes = Object.keys(files).filter((path) => /\.(?:jpg|png)$/.test(path));
  return memoryTree(new Map(texts), new Map(sizes.map((path) => [path, size])));
}

export function result(id: string, type: string, value: object, others: object = {}) {
  const common = { to_name: 'image', original_width: 640, original_height: 480, image_rotation: 0 };
  return { id, type, from_name: type.replace('labels', ''), ...common, value, ...others };
}

/** An export of one task, with the fields that real ones have. */
export function exportOf(results: unknown[], others: object = {}) {
  const annotation = {
    id: 9,
    completed_by: 1,
    result: results,
    was_cancelled: false,
    ground_truth: false,
    created_at: '2026-01-02T03:04:05.678901Z',
    updated_at: '2026-01-02T03:04:05.678901Z',
    lead_time: 12.5,
  };
  return [
    {
      id: 7,
      annotations: [annotation],
      file_upload: '1a2b3c4d-a.jpg',
      drafts: [],
      predictions: [],
      data: { image: '/data/upload/1/1a2b3c4d-a.jpg' },
      meta: {},
      project: 1,
      ...others,
    },
  ];
}

export async function read(results: unknown[], others?: object) {
  const tree = treeOf({ 'export.json': exportOf(results, others), 'a.jpg': '' });
  assert.equal(await labelStudio.recognises(tree), true);
  const { dataset, losses } = await labelStudio.read(tree);
  const annotations = dataset.annotations.map(
    ({ id: _, image_id: __, ...annotation }) => annotation,
  );
  return { dataset, annotations, losses };
}
