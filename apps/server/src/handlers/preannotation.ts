// What a pre-annotation is asked for, settled before it is queued: the version of the model, and which class is which category.

import { type EndpointProtocol, protocolOf } from '@migaki/api';
import { phrase } from '@migaki/coco';
import {
  countImages,
  getDataset,
  type Jobs,
  listCategories,
  measureWith,
  type Store,
} from '@migaki/store';
import { allowedEndpoint } from '../endpoints/allowed-endpoint.ts';
import type { Handlers } from '../http/handlers.ts';
import { HttpError } from '../http/http-error.ts';
import { adoptCategories } from '../jobs/adopt-categories.ts';
import { checkClasses } from '../jobs/match-classes.ts';
import type { PreannotateParams } from '../jobs/preannotate/preannotate-job.ts';
import { classesOfAnswers } from '../jobs/propose-endpoint/classes-of-answers.ts';
import { modelAddress } from '../jobs/propose-endpoint/oip/oip-answerer.ts';
import type { ProposeEndpointParams } from '../jobs/propose-endpoint/propose-endpoint-job.ts';
import type { ProposeResultsParams } from '../jobs/propose-results/propose-results-job.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { allowedPath, foldersFor } from '../transfers/server-path.ts';
import { noSuchUpload, type Uploads } from '../uploads/uploads.ts';
import { job } from './answers.ts';
import { isBesideBoxes } from './is-beside-boxes.ts';
import { precisionScores } from './precision-scores.ts';
import { proposedClasses } from './proposed-classes.ts';
import { findProposer, proposedMatches } from './proposer.ts';

export interface PreannotationServices {
  store: Store;
  jobs: Jobs;
  uploads: Uploads;
  /** Folders of the server's disk from which may be read. */
  allowedFolders: readonly string[];
  /** Addresses that may be called; see `allowedEndpoint`. */
  allowedEndpoints: readonly string[];
}

export function preannotationHandlers({
  store,
  jobs,
  uploads,
  allowedFolders,
  allowedEndpoints,
}: PreannotationServices): Pick<
  Handlers,
  | 'startPreannotation'
  | 'getPrecisionScores'
  | 'startResultsPreannotation'
  | 'startEndpointPreannotation'
> {
  return {
    startPreannotation: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { query, onlyUnlabelled, precision } = body;
      // Whatever is refused, such as a query that cannot be understood, is refused before anything is written.
      await countImages(store, datasetId, { query });
      const { model, card } = await findProposer(store, body.model);
      const classNames = card.classes.map(({ name }) => name);
      checkClasses(Object.keys(body.thresholds), classNames, 'threshold', 'bad-preannotation');
      const scores =
        precision === undefined
          ? undefined
          : await precisionScores(store, datasetId, { model: nameOfModel(model), precision });
      const { settled: classes, categoriesAdded } = await adoptCategories(
        store,
        datasetId,
        { classes: card.classes, map: body.map },
        { author: caller.user, code: 'bad-preannotation' },
        (categories) => proposedClasses(proposedMatches(card, categories, body.map), body, scores),
      );
      const shares = await measureWith(store, datasetId, body);
      const asked: PreannotateParams = {
        datasetId,
        model,
        query,
        onlyUnlabelled,
        classes,
        categoriesAdded,
        isBesideBoxes: await isBesideBoxes(store, datasetId, card),
        ...shares,
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'preannotate',
        params: asked,
        title: phrase`Let ${nameOfModel(model)} propose for ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return {
        job: job(await jobs.get(id)),
        precisionScores: scores,
        categoriesAdded,
        controlShares: shares,
      };
    },

    getPrecisionScores: ({ params: { datasetId }, query }) =>
      precisionScores(store, datasetId, query),

    startResultsPreannotation: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { from, ...asked } = body;
      await countImages(store, datasetId, { query: asked.query });
      if ('uploadId' in from && !(await uploads.has(from.uploadId))) {
        throw noSuchUpload(from.uploadId);
      }
      const folders = foldersFor(caller, allowedFolders);
      const paths = 'uploadId' in from ? from : await allowedPaths(from, folders);
      const shares = await measureWith(store, datasetId, asked);
      const params: ProposeResultsParams = {
        ...asked,
        ...shares,
        datasetId,
        from: paths,
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'propose-results',
        params,
        title: phrase`Take results of ${asked.source} as proposals for ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)), controlShares: shares };
    },

    startEndpointPreannotation: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const url = allowedEndpoint(body.url, caller, allowedEndpoints);
      // Where nobody says what the endpoint has, its answers may.
      const adopts =
        Object.keys(body.classNames).length === 0 &&
        (await listCategories(store, datasetId)).length === 0;
      const asked = { ...body, url: url.href, ...addressed(url, body), adopts };
      await countImages(store, datasetId, { query: asked.query });
      const classes = Object.values(asked.classNames).map((name) => ({ name }));
      const { categoriesAdded } = await adoptCategories(
        store,
        datasetId,
        { classes, map: byName(asked) },
        { author: caller.user, code: 'bad-preannotation' },
        (categories) => classesOfAnswers(categories, asked, asked.protocol === 'coco').checkAny(),
      );
      const shares = await measureWith(store, datasetId, asked);
      const params: ProposeEndpointParams = {
        ...asked,
        ...shares,
        categoriesAdded,
        datasetId,
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'propose-endpoint',
        params,
        title: phrase`Let ${asked.source} propose for ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)), categoriesAdded, controlShares: shares };
    },
  };
}

/** Ids of classes in place of names are taken for the names. */
const byName = ({
  map,
  classNames,
}: Record<'map' | 'classNames', Readonly<Record<string, string>>>): Record<string, string> =>
  Object.fromEntries(Object.entries(map).map(([key, name]) => [classNames[key] ?? key, name]));

/**
 * What an address says by itself: how it is spoken to, and in whose name it proposes.
 *
 * @throws HttpError `bad-request` for one that is no model's of the protocol
 */
function addressed(
  url: URL,
  given: { protocol?: EndpointProtocol; source?: string },
): { protocol: EndpointProtocol; source: string } {
  const model = modelAddress(url);
  const { protocol = protocolOf(url.pathname), source } = given;
  if (protocol === 'oip' && model === null) {
    throw new HttpError('bad-request', {
      where: 'url',
      expected: phrase`the address of a model, such as ${`${url.origin}/v2/models/cells`}`,
      found: url.href,
    });
  }
  // An @ would make it a version of a model of the registry.
  const usual = protocol === 'oip' ? model!.name.replaceAll('@', ' ').slice(0, 100) : url.host;
  return { protocol, source: source ?? usual };
}

async function allowedPaths(
  { path, labelsPath }: { path: string; labelsPath?: string },
  folders: readonly string[],
): Promise<{ path: string; labelsPath?: string }> {
  return {
    path: await allowedPath(path, folders),
    ...(labelsPath !== undefined && { labelsPath: await allowedPath(labelsPath, folders) }),
  };
}
