// The job that lets a model propose: it looks at every picture that is asked for, and what it finds becomes proposals. It goes on
// after a crash where it was; pictures of which that is not sure are looked at again, which changes nothing.

import { phrase, type Words } from '@migaki/coco';
import type { ControlShares, Image, ImageProposals, JobContext } from '@migaki/store';
import type { Onlookers } from '@migaki/train';
import { answersOf, blobPicture } from '../answers-of.ts';
import { type ModelServices, type ShownDataset, showDataset } from '../show-dataset.ts';
import { adoptionNotes } from './adoption-notes.ts';
import { isUnlabelled } from './is-unlabelled.ts';
import { type ProposedClass, proposalsOf } from './proposals-of.ts';
import { type WithControls, withControls } from './with-controls.ts';
import { nothingProposed, type ProposalCounts, writeProposals } from './write-proposals.ts';

export interface PreannotateParams extends ShownDataset, Partial<ControlShares> {
  onlyUnlabelled: boolean;
  /** By the model's name of the class. */
  classes: [name: string, proposed: ProposedClass][];
  /** That the dataset got of the model. Jobs of before know nothing of it. */
  categoriesAdded?: string[];
  /** The model speaks of whole pictures, and the labels have boxes. Jobs of before know nothing of it. */
  isBesideBoxes?: boolean;
  author: string;
}

/** What the job says of itself in the end. */
export interface PreannotateReport extends ProposalCounts {
  picturesSeen: number;
  /** Left out, where only unlabelled pictures were asked for. */
  picturesLabelled: number;
  notes: { feature: Words; count: number; example: Words }[];
  problemCount: number;
  problems: { file: Words; message: Words }[];
}

/** What `checkpoint` keeps. */
interface Resumption {
  lastImageId: number;
  report: PreannotateReport;
}

const longestList = 200;

export async function runPreannotate(
  services: ModelServices,
  job: JobContext<PreannotateParams>,
): Promise<PreannotateReport> {
  const resumed = job.resumeFrom as Resumption | null;
  const { datasetId, classes, categoriesAdded = [] } = job.params;
  const notes = adoptionNotes(categoriesAdded);
  const report = { ...emptyReport(), notes, ...resumed?.report };
  const categoryIds = [...new Set(classes.map(([, { categoryId }]) => categoryId))];
  const controlled = await withControls(services.store, datasetId, job.params, categoryIds);
  await showDataset(services, job, {
    lastImageId: resumed?.lastImageId ?? null,
    look: (onlookers, images) => lookAt(services, job, onlookers, images, controlled),
    write: (seen, lastImageId) => write(services, job, report, seen, lastImageId),
  });
  return { ...report, notes: [...report.notes, ...besideBoxes(job.params, report)] };
}

const besideBoxes = (
  { isBesideBoxes = false, classes }: PreannotateParams,
  { proposals }: PreannotateReport,
): PreannotateReport['notes'] =>
  isBesideBoxes && proposals > 0
    ? [
        {
          feature: phrase`of them say what is in a whole picture and have no box, while the labels here have boxes`,
          count: proposals,
          example: classes.map(([name]) => name).join(', '),
        },
      ]
    : [];

/** What came of some pictures. */
interface Seen {
  proposals: ImageProposals[];
  problems: PreannotateReport['problems'];
  labelledCount: number;
}

async function lookAt(
  { blobs }: ModelServices,
  { params, signal }: JobContext<PreannotateParams>,
  onlookers: Onlookers,
  images: readonly Image[],
  controlled: WithControls,
): Promise<Seen> {
  const wanted = images.filter((image) => !params.onlyUnlabelled || isUnlabelled(image));
  const classes = new Map(params.classes);
  const seen: Seen = {
    proposals: [],
    problems: [],
    labelledCount: images.length - wanted.length,
  };
  const fileOf = ({ sha256 }: Image) => blobPicture(blobs, sha256);
  for await (const answered of answersOf(onlookers, wanted, fileOf, signal)) {
    const { imageId, fileName } = answered.picture;
    if ('problem' in answered) {
      seen.problems.push({ file: fileName, message: answered.problem });
      continue;
    }
    const found = proposalsOf(answered.answer, answered.picture, onlookers.card, classes);
    seen.proposals.push({ imageId, found });
  }
  seen.proposals = await controlled(wanted, seen.proposals);
  return seen;
}

async function write(
  { store }: ModelServices,
  job: JobContext<PreannotateParams>,
  report: PreannotateReport,
  { proposals, problems, labelledCount }: Seen,
  lastImageId: number,
): Promise<void> {
  const { datasetId, model, author } = job.params;
  await writeProposals(store, { datasetId, model, author, jobId: job.id }, proposals, report);
  report.picturesSeen += proposals.length;
  report.picturesLabelled += labelledCount;
  report.problemCount += problems.length;
  report.problems.push(...problems.slice(0, longestList - report.problems.length));
  for (const { file, message } of problems) job.log(phrase`${file}: ${message}`, 'warning');
  await job.checkpoint({ lastImageId, report } satisfies Resumption);
}

const emptyReport = (): PreannotateReport => ({
  ...nothingProposed,
  picturesSeen: 0,
  picturesLabelled: 0,
  notes: [],
  problemCount: 0,
  problems: [],
});
