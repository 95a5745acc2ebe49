// Reads Label Studio's JSON: a list of tasks, as its export writes it, or one task a file, as its storages do.
//
// - Of several annotations of a task the one marked as ground truth counts, else the latest. Predictions count where nobody
//   has annotated. What does not count is reported as the loss `annotation-versions`.
// - Key points whose `parentID` is a region are the keypoints of that object; others are objects with one keypoint.
// - Choices for the whole picture are its labels, texts for the whole picture its captions. What is said of a region
//   is an attribute, by the name of the control.
// - Further columns of a task's data are fields of the picture.

import { CocoError } from '../../coco-error.ts';
import { streamJson } from '../../json/stream-json.ts';
import { phrase } from '../../phrase.ts';
import type { CocoImage } from '../../types.ts';
import { DatasetBuilder } from '../dataset-builder.ts';
import type { ReadPart, ReadResult, SourceTree } from '../format.ts';
import { KeypointCollector } from '../keypoint-names.ts';
import { sensibleNumber } from '../numbers.ts';
import { PictureIndex } from '../picture-index.ts';
import { baseNameOf, extensionOf, folderOf, joinPath } from '../safe-path.ts';
import { badInput, objectOf, readInPieces, shown } from '../text-file.ts';
import { fileNameFromUrl, pictureField, withoutUploadPrefix } from './picture-url.ts';
import { addResults, type Reading, readResult } from './read-results.ts';
import type { Result } from './regions.ts';

export async function* readLabelStudio(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult> {
  const reading: TaskReading = {
    builder: new DatasetBuilder(),
    pictures: new PictureIndex(tree),
    keypoints: new KeypointCollector(),
  };
  const paths = tree.paths.filter((path) => extensionOf(path) === 'json');
  if (paths.length === 0)
    throw badInput(phrase`the files`, phrase`an export of Label Studio (.json)`, phrase`none`);
  const { builder } = reading;
  for (const path of paths) {
    const batches = readTasks(tree, path);
    for (let index = 0; ; ) {
      const next = () => batches.next();
      // Of a file that breaks off nobody knows what else it would say; one that is of something else is left out.
      const step = index > 0 ? await next() : await builder.attemptAsync(next);
      if (step === undefined || step.done) break;
      for (const task of step.value) {
        const where = `${path} [${index++}]`;
        await builder.attemptAsync(() => readTask(reading, task, folderOf(path), where));
      }
      // Keypoints are written once all their names are known.
      if (!reading.keypoints.hasPoses) yield* builder.parts();
    }
  }
  reading.keypoints.finish(builder);
  return builder.finish();
}

interface TaskReading extends Reading {
  pictures: PictureIndex;
}

type Json = Record<string, unknown>;

/** The tasks of a file, some at a time, so that it is never all in memory. */
async function* readTasks(tree: SourceTree, path: string): AsyncGenerator<unknown[], void> {
  const single: Json = {};
  let isList = false;
  try {
    for await (const { section, kind, values } of streamJson(readInPieces(tree, path))) {
      if (section === null) {
        isList = true;
        yield values;
        continue;
      }
      const before = Object.hasOwn(single, section) ? (single[section] as unknown[]) : [];
      Object.defineProperty(single, section, {
        value: kind === 'value' ? values[0] : [...before, ...values],
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  } catch (error) {
    if (!(error instanceof CocoError)) throw error;
    const { where = '', ...fault } = error.details;
    throw new CocoError(error.code, { ...fault, where: phrase`${path}, ${where}` });
  }
  if (isList) return;
  if (objectOf(single.data) !== undefined) return yield [single];
  // A target storage keeps each annotation with its task inside.
  const task = objectOf(single.task);
  if (task === undefined) throw badInput(path, phrase`tasks of Label Studio`, shown(single));
  yield [{ ...task, annotations: [single] }];
}

async function readTask(
  reading: TaskReading,
  value: unknown,
  folder: string,
  where: string,
): Promise<void> {
  const { builder } = reading;
  const task = objectOf(value);
  const data = objectOf(task?.data);
  if (task === undefined || data === undefined)
    throw badInput(where, phrase`a task with data`, shown(value));
  const [field, url] = pictureField(data, where);
  const entries = resultsThatCount(task, where, reading);
  const image = await addPicture(reading, { data, field, url, entries }, folder, where);
  reading.keypoints.addNames(data.keypoint_names);
  if (Object.keys(objectOf(task.meta) ?? {}).length > 0) {
    builder.losses.add('image-details', `${where}.meta`);
  }
  const results: Result[] = [];
  entries.values.forEach((entry, index) => {
    const result = builder.attempt(() =>
      readResult(entry, `${entries.where}[${index}]`, entries.score),
    );
    if (result === 'relation') builder.losses.add('attributes', `${entries.where}[${index}]`);
    else if (result !== undefined) results.push(result);
  });
  addResults(reading, image, results);
}

/** The results of one annotation or prediction. */
interface Entries {
  where: string;
  values: unknown[];
  /** Of a whole prediction. */
  score: number | undefined;
}

function resultsThatCount(task: Json, where: string, { builder }: Reading): Entries {
  const listOf = (field: string) =>
    (Array.isArray(task[field]) ? task[field] : []).flatMap((entry: unknown, index: number) => {
      const version = objectOf(entry);
      // An export without predictions lists their ids.
      if (!Array.isArray(version?.result)) return [];
      return [
        {
          version,
          values: version.result as unknown[],
          where: `${where}.${field}[${index}].result`,
        },
      ];
    });
  const annotations = [...listOf('annotations'), ...listOf('completions')];
  const kept = annotations.filter(({ version }) => version.was_cancelled !== true);
  const timeOf = ({ version }: { version: Json }) =>
    String(version.updated_at ?? version.created_at ?? '');
  const latest = kept.reduce<(typeof kept)[number] | undefined>(
    (last, entry) => (last === undefined || timeOf(entry) >= timeOf(last) ? entry : last),
    undefined,
  );
  const predictions = listOf('predictions');
  const chosen =
    kept.find(({ version }) => version.ground_truth === true) ?? latest ?? predictions.at(-1);
  for (const entry of [...annotations, ...predictions]) {
    if (entry !== chosen && entry.values.length > 0)
      builder.losses.add('annotation-versions', entry.where);
  }
  if (chosen === undefined) return { where, values: [], score: undefined };
  const isPrediction = !annotations.includes(chosen);
  const score = isPrediction ? sensibleNumber(chosen.version.score) : undefined;
  return { where: chosen.where, values: chosen.values, score };
}

async function addPicture(
  { builder, pictures }: TaskReading,
  task: { data: Json; field: string; url: string; entries: Entries },
  folder: string,
  where: string,
): Promise<CocoImage> {
  const { data, field, url, entries } = task;
  const named = fileNameFromUrl(url, `${where}.data.${field}`);
  const folders = [folder, joinPath(folder, 'images')];
  const path =
    pictures.find(named, ...folders) ?? pictures.find(withoutUploadPrefix(named), ...folders);
  const isOwnName = path === undefined || baseNameOf(path) === baseNameOf(named);
  const sized = entries.values.map(objectOf).find((result) => result?.original_width !== undefined);
  const declared = {
    width: sized?.original_width ?? data.width,
    height: sized?.original_height ?? data.height,
  };
  const { image: _, width: __, height: ___, keypoint_names: ____, ...others } = data;
  const details = Object.entries(others).filter(([name]) => name !== field);
  const taken = details.filter(([name]) => name === 'id' || name === 'file_name');
  for (const [name] of taken) builder.losses.add('image-details', `${where}.data.${name}`);
  return builder.addImage(
    {
      ...Object.fromEntries(details.filter((detail) => !taken.includes(detail))),
      file_name: isOwnName ? named : withoutUploadPrefix(named),
      ...(await pictures.size(where, declared, path)),
    },
    path,
  );
}
