// Writes CVAT for images 1.1: one `annotations.xml`, handed out picture by picture, and `images/`. With splits it
// is a project's export (`subset`, `images/train/…`), else a task's.

import { phrase } from '../../phrase.ts';
import type { CocoDataset, CocoImage } from '../../types.ts';
import { isPictureLabel } from '../conventions.ts';
import type { OutputFile, WriteOptions, WriteResult } from '../format.ts';
import { LossList } from '../loss.ts';
import { decimalText } from '../numbers.ts';
import { boxOf } from '../shape-losses.ts';
import { objectOf } from '../text-file.ts';
import { reportUncarried } from '../uncarried.ts';
import {
  type WritableAnnotation,
  type WritablePicture,
  writablePictures,
} from '../writable-dataset.ts';
import { isXmlText } from '../xml/characters.ts';
import { isCarriedText } from '../xml/element.ts';
import { writeXml, XML_DECLARATION, type XmlNode } from '../xml/write.ts';
import {
  attributeNodes,
  isGroupId,
  type SortedAttributes,
  type StandardName,
  sortAttributes,
  standardNames,
} from './attributes.ts';
import { byGroupAndLabel, isOneObject } from './groups.ts';
import { declareAttributes, type LabelPlan, labelNameOf, planLabel } from './label-plans.ts';
import { nodesOfLabel } from './labels.ts';
import { NO_SUBSET, subsetOf } from './subset.ts';
import { planShapes, roleOf, type ShapePlan, shapesOf, type WrittenShape } from './write-shapes.ts';

/** An annotation and all that was decided of it before the first picture is written. */
interface PlannedAnnotation extends WritableAnnotation, SortedAttributes {
  label: LabelPlan;
  shapes: ShapePlan;
}

interface PlannedPicture extends Omit<WritablePicture, 'annotations'> {
  annotations: PlannedAnnotation[];
  subset: string | undefined;
}

export function writeCvat(dataset: CocoDataset, options: WriteOptions = {}): WriteResult {
  const losses = new LossList();
  const pictures = drawablePictures(dataset, losses);
  const taskName = taskNameOf(dataset);
  reportUncarried(
    taskName === undefined ? dataset : { ...dataset, info: undefined },
    pictures,
    {
      imageFields: ['split'],
      annotationFields: ['attributes'],
      categoryFields: ['color', 'keypoints', 'skeleton'],
      categoryNames: dataset.categories.map(({ name }) => name),
      emptyPictures: true,
    },
    losses,
  );
  const labels = planLabels(dataset, pictures, losses);
  const planned = pictures.map((picture) => planPicture(picture, labels, losses));
  const annotations = planned.flatMap(({ annotations }) => annotations);
  for (const [label, members] of Map.groupBy(annotations, ({ label }) => label)) {
    declareAttributes(label, members);
  }
  const files = cvatFiles(planned, [...labels.values()], taskName ?? '', options, losses);
  return { files, losses: losses.entries };
}

/** The name of the task, which is the description of a dataset that has no other information. */
function taskNameOf({ info }: CocoDataset): string | undefined {
  const name = info?.description;
  const isAll = typeof name === 'string' && name !== '' && Object.keys(info!).length === 1;
  return isAll && isCarriedText(name) ? name : undefined;
}

function drawablePictures(dataset: CocoDataset, losses: LossList): WritablePicture[] {
  return writablePictures(dataset, losses, 'name').map((picture) => ({
    ...picture,
    annotations: picture.annotations.filter(({ annotation, where }) => {
      const isDrawable =
        isPictureLabel(annotation) || boxOf(annotation, picture.image) !== undefined;
      if (!isDrawable) losses.add('unusable-records', phrase`${where}: nothing to draw`);
      return isDrawable;
    }),
  }));
}

function planLabels(
  { categories }: CocoDataset,
  pictures: readonly WritablePicture[],
  losses: LossList,
): Map<string, LabelPlan> {
  const annotations = pictures.flatMap(({ annotations }) => annotations);
  const byLabel = Map.groupBy(annotations, ({ category }) => labelNameOf(category));
  const labels = new Map<string, LabelPlan>();
  categories.forEach((category, index) => {
    const name = labelNameOf(category);
    const plan = planLabel(category, byLabel.get(name) ?? [], `categories[${index}]`, losses);
    if (!labels.has(name)) labels.set(name, plan);
  });
  return labels;
}

function planPicture(
  picture: WritablePicture,
  labels: ReadonlyMap<string, LabelPlan>,
  losses: LossList,
): PlannedPicture {
  const { image, fileName, where } = picture;
  const subset = subsetOf(image);
  if (image.split !== undefined && subset === undefined) losses.add('splits', `${where}.split`);
  if (!isXmlText(fileName)) losses.add('file-names', where);
  const drafts = picture.annotations.map((writable) => {
    const label = labels.get(labelNameOf(writable.category))!;
    const shapes = planShapes(writable.annotation, label);
    const group = objectOf(writable.annotation.attributes)?.group_id;
    const isGrouped = shapes.elements.length === 1 && isGroupId(group);
    return { writable, plan: label, label: label.name, shapes, group: isGrouped ? group : 0 };
  });
  // A group that would be read as one object has to be told in another way.
  const joining = byGroupAndLabel(drafts).filter((members) =>
    isOneObject(members.map(({ shapes }) => roleOf(shapes))),
  );
  const joined = new Set(joining.flat());
  const annotations = drafts.map((draft): PlannedAnnotation => {
    const { writable, plan, shapes, group } = draft;
    const sorted = sortAttributes(writable.annotation, shapes.elements[0], [
      ...(group > 0 && !joined.has(draft) ? [] : (['group_id'] as const)),
      ...(shapes.rotatedBox !== undefined ? [] : (['rotation'] as const)),
    ]);
    return { ...writable, ...sorted, label: plan, shapes };
  });
  return { ...picture, annotations, subset };
}

function* cvatFiles(
  pictures: readonly PlannedPicture[],
  labels: readonly LabelPlan[],
  taskName: string,
  options: WriteOptions,
  losses: LossList,
): Generator<OutputFile> {
  yield { path: 'annotations.xml', text: annotationsText(pictures, labels, taskName, losses) };
  if (options.withImages === false) return;
  const hasSubsets = pictures.some(({ subset }) => subset !== undefined);
  for (const { image, fileName, subset } of pictures) {
    const folder = hasSubsets ? `images/${subset ?? NO_SUBSET}` : 'images';
    yield { path: `${folder}/${fileName}`, imageFileName: image.file_name };
  }
}

function* annotationsText(
  pictures: readonly PlannedPicture[],
  labels: readonly LabelPlan[],
  taskName: string,
  losses: LossList,
): Generator<string> {
  const subsets = new Set(pictures.map(({ subset }) => subset ?? NO_SUBSET));
  const isProject = [...subsets].some((subset) => subset !== NO_SUBSET);
  const task: XmlNode = {
    name: isProject ? 'project' : 'task',
    children: [
      { name: 'name', text: taskName },
      { name: 'size', text: pictures.length },
      ...(isProject ? [{ name: 'subsets', text: [...subsets].join('\n') }] : []),
      ...(isProject ? [] : [{ name: 'mode', text: 'annotation' }]),
      { name: 'labels', children: labels.flatMap((label) => nodesOfLabel(label, typeOf(label))) },
    ],
  };
  yield `${XML_DECLARATION}<annotations>\n`;
  yield writeXml({ name: 'version', text: '1.1' }, '  ');
  yield writeXml({ name: 'meta', children: [task] }, '  ');
  const takenGroups = new Set(
    pictures.flatMap(({ annotations }) => annotations.map(({ standard }) => standard.group_id)),
  );
  let lastGroup = 0;
  const freshGroup = () => {
    do lastGroup++;
    while (takenGroups.has(lastGroup));
    return lastGroup;
  };
  for (const [index, { image, fileName, subset, annotations }] of pictures.entries()) {
    const children = annotations.flatMap((annotation) =>
      nodesOfAnnotation(annotation, image, freshGroup, losses),
    );
    const attributes = {
      id: index,
      name: fileName,
      ...(isProject && { subset: subset ?? NO_SUBSET }),
      width: image.width,
      height: image.height,
    };
    yield writeXml({ name: 'image', attributes, children }, '  ');
  }
  yield '</annotations>\n';
}

function typeOf({ skeleton, hasPlainPoints }: LabelPlan): 'any' | 'points' | 'skeleton' {
  if (skeleton.keypoints.length === 0) return 'any';
  return hasPlainPoints ? 'points' : 'skeleton';
}

function nodesOfAnnotation(
  { annotation, label, shapes, standard, own, where }: PlannedAnnotation,
  image: CocoImage,
  freshGroup: () => number,
  losses: LossList,
): XmlNode[] {
  const written = shapesOf(annotation, image, shapes, label, where, losses);
  const group = written.length > 1 ? freshGroup() : standard.group_id;
  const attributes = attributeNodes(annotation, own, label.attributeKinds, where, losses);
  return written.map((shape) =>
    nodeOfShape(shape, label.name, { ...standard, group_id: group }, attributes),
  );
}

function nodeOfShape(
  { element, attributes, children = [] }: WrittenShape,
  label: string,
  { occluded, rotation, z_order, group_id, source }: SortedAttributes['standard'],
  attributeNodes: readonly XmlNode[],
): XmlNode {
  const has = (name: StandardName) => standardNames[element].includes(name);
  return {
    name: element,
    attributes: {
      label,
      source: String(source ?? 'manual'),
      ...(has('occluded') && { occluded: occluded === true ? 1 : 0 }),
      ...attributes,
      ...(has('rotation') && rotation !== undefined && { rotation: decimalText(Number(rotation)) }),
      ...(has('z_order') && { z_order: String(z_order ?? 0) }),
      ...(group_id !== undefined && { group_id: String(group_id) }),
    },
    children: [...children, ...attributeNodes],
  };
}
