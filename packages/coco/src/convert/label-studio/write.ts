// Writes `tasks.json` for Label Studio's import, with the labelling interface that it needs in `label-config.xml`. The
// pictures' URLs are those of a local storage whose folder is the one that is written.

import type { CocoDataset } from '../../types.ts';
import { isPictureLabel } from '../conventions.ts';
import type { OutputFile, WriteOptions, WriteResult } from '../format.ts';
import { type KeypointNames, keypointNamesField, keypointNamesOf } from '../keypoint-names.ts';
import { LossList } from '../loss.ts';
import { boxOf } from '../shape-losses.ts';
import { objectOf } from '../text-file.ts';
import { reportUncarried } from '../uncarried.ts';
import {
  type WritableAnnotation,
  type WritablePicture,
  writablePictures,
} from '../writable-dataset.ts';
import { controls, labelConfigText, type RegionControl } from './label-config.ts';
import { pictureUrl } from './picture-url.ts';
import { type ResultJson, regionResults } from './write-regions.ts';

/** A picture with its annotations in the order in which they are read back: labels by their score, then objects. */
interface LabelStudioPicture extends WritablePicture {
  labels: Map<number | undefined, WritableAnnotation[]>;
  objects: WritableAnnotation[];
}

/** Fields of a task's data that have a meaning here, so that no field of a picture can have their names. */
const ownFields = ['image', 'keypoint_names'];

export function writeLabelStudio(dataset: CocoDataset, options: WriteOptions = {}): WriteResult {
  const losses = new LossList();
  const pictures = writablePictures(dataset, losses, 'name').map((picture) => {
    return labelStudioPicture(picture, losses);
  });
  const keypointNames = keypointNamesOf(dataset.categories, pictures, losses);
  const imageFields = new Set(pictures.flatMap(({ image }) => Object.keys(image)));
  const carried = {
    imageFields: [...imageFields].filter((field) => !ownFields.includes(field)),
    annotationFields: ['score', 'attributes'],
    categoryFields: ['keypoints'],
    emptyPictures: true,
    captions: true,
  };
  reportUncarried(dataset, pictures, carried, losses);
  const withImages = options.withImages !== false;
  return {
    files: outputFiles(dataset, pictures, keypointNames, losses, withImages),
    losses: losses.entries,
  };
}

function labelStudioPicture(picture: WritablePicture, losses: LossList): LabelStudioPicture {
  const labels = new Map<number | undefined, WritableAnnotation[]>();
  const objects: WritableAnnotation[] = [];
  for (const entry of picture.annotations) {
    const { annotation, where } = entry;
    if (!isPictureLabel(annotation)) {
      if (boxOf(annotation, picture.image) === undefined) losses.add('keypoints', where);
      else objects.push(entry);
      continue;
    }
    if (annotation.attributes !== undefined) losses.add('attributes', where);
    const sameScore = labels.get(annotation.score);
    if (sameScore === undefined) labels.set(annotation.score, [entry]);
    else sameScore.push(entry);
  }
  return { ...picture, labels, objects, annotations: [...[...labels.values()].flat(), ...objects] };
}

function* outputFiles(
  dataset: CocoDataset,
  pictures: readonly LabelStudioPicture[],
  keypointNames: KeypointNames,
  losses: LossList,
  withImages: boolean,
): Generator<OutputFile> {
  const names = [...keypointNames.values()].flat();
  const config = labelConfigText(dataset.categories, names, regionControlsOf(pictures));
  yield { path: 'label-config.xml', text: config };
  yield { path: 'tasks.json', text: tasksText(pictures, keypointNames, losses) };
  if (!withImages) return;
  for (const { fileName, image } of pictures)
    yield { path: fileName, imageFileName: image.file_name };
}

function* tasksText(
  pictures: readonly LabelStudioPicture[],
  keypointNames: KeypointNames,
  losses: LossList,
): Generator<string> {
  let separator = '[\n';
  for (const [index, picture] of pictures.entries()) {
    const task = { id: index + 1, ...taskOf(picture, keypointNames, losses) };
    yield separator + JSON.stringify(task);
    separator = ',\n';
  }
  yield pictures.length === 0 ? '[]\n' : '\n]\n';
}

function taskOf(picture: LabelStudioPicture, keypointNames: KeypointNames, losses: LossList) {
  const { image, fileName, annotations, objects, captions } = picture;
  const results: ResultJson[] = [];
  for (const [score, entries] of picture.labels) {
    results.push({
      id: `label-${results.length + 1}`,
      type: 'choices',
      from_name: controls.label,
      value: { choices: entries.map(({ category }) => category.name) },
      ...(score !== undefined && { score }),
    });
  }
  objects.forEach((entry, index) => {
    const names = keypointNames.get(entry.category) ?? [];
    results.push(...regionResults(entry, image, names, `region-${index + 1}`, losses));
  });
  if (captions.length > 0) {
    const value = { text: captions };
    results.push({ id: 'caption', type: 'textarea', from_name: controls.caption, value });
  }
  const { id: _, file_name: __, image: ___, keypoint_names: ____, ...details } = image;
  const keypoint_names = keypointNamesField(picture, keypointNames);
  const data = {
    ...details,
    image: pictureUrl(fileName),
    ...(keypoint_names !== undefined && { keypoint_names }),
  };
  const common = {
    to_name: controls.image,
    original_width: image.width,
    original_height: image.height,
    image_rotation: 0,
  };
  const result = results.map((entry) => ({ ...entry, ...common }));
  const scores = annotations.flatMap(({ annotation }) => annotation.score ?? []);
  // What a model says with a score is a prediction, unless people have been at the picture.
  if (annotations.length > 0 && scores.length === annotations.length) {
    const score = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    return { data, annotations: [], predictions: [{ model_version: 'imported', score, result }] };
  }
  return { data, annotations: result.length > 0 ? [{ result }] : [], predictions: [] };
}

/** A control for each attribute, of the kind that its first value asks for. */
function regionControlsOf(pictures: readonly LabelStudioPicture[]): RegionControl[] {
  const found = new Map<string, RegionControl>();
  for (const { objects } of pictures) {
    for (const { annotation } of objects) {
      for (const [name, value] of Object.entries(objectOf(annotation.attributes) ?? {})) {
        if (found.has(name) || name === 'rotation') continue;
        if (typeof value === 'boolean') {
          found.set(name, { name, kind: 'choices', options: ['true', 'false'] });
        } else {
          found.set(name, {
            name,
            kind: typeof value === 'number' ? 'number' : 'textarea',
            options: [],
          });
        }
      }
    }
  }
  return [...found.values()];
}
