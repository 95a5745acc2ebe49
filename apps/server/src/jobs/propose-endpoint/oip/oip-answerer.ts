// An endpoint that speaks the Open Inference Protocol, version 2, over HTTP, as KServe, Triton, MLServer and OpenVINO Model Server
// do (github.com/kserve/open-inference-protocol): the model says what it takes and gives, a picture is made into that, and what
// comes is made into results.

import { phrase } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import type { Normalisation } from '@migaki/train/normalisations';
import { type Endpoint, RequestRefused } from '../../../endpoints/endpoint.ts';
import type { Answerer, PictureShown } from '../answerer.ts';
import {
  type Activation,
  type BoxFormat,
  type BoxUnit,
  type OutputRole,
  outputRoles,
  readDetections,
  rolesOf,
} from './detections.ts';
import { type PictureInput, pictureInput, readModelMetadata } from './model-metadata.ts';
import { type Fit, type Placement, pictureTensor } from './picture-tensor.ts';
import { inferRequest, readJsonReply, readTensors, type SentTensor } from './tensors.ts';

/** What is said of a model where its names do not tell it. */
export type TensorOptions = Partial<Record<'input' | OutputRole, string>> & {
  boxFormat?: BoxFormat;
  boxUnit?: BoxUnit;
  activation?: Activation;
  normalisation?: Normalisation;
  fit?: Fit;
};

/** Of a server that takes and sends tensors as bytes. */
const binaryExtension = 'binary_tensor_data';

/**
 * `…/v2/models/cells` or `…/v2/models/cells/versions/2`, with or without `/infer`.
 *
 * @returns the address of the server and that of the model; null for any other address
 */
export function modelAddress(url: URL): { server: string; model: string; name: string } | null {
  const path = /^(.*\/v2)\/models\/([^/]+)(\/versions\/[^/]+)?(?:\/infer)?\/?$/.exec(url.pathname);
  if (path === null) return null;
  const [, server, name, version = ''] = path;
  return {
    server: `${url.origin}${server}`,
    model: `${url.origin}${server}/models/${name}${version}`,
    name,
  };
}

/** Without a description there is nothing to show pictures to. */
const saysNothing = (model: string, { words }: RequestRefused): StoreError =>
  new StoreError('endpoint-failed', {
    where: model,
    expected: phrase`a description of the model (Open Inference Protocol)`,
    found: words,
    advice: phrase`If the endpoint speaks COCO, give its address without v2/models.`,
  });

/**
 * Asks what the model takes and gives.
 *
 * @throws StoreError `endpoint-failed`; `bad-preannotation` for a model that takes no picture, or whose outputs are not clear
 */
export async function oipAnswerer(
  endpoint: Endpoint,
  { server, model }: { server: string; model: string },
  { input: inputName, boxFormat, boxUnit, activation, ...options }: TensorOptions,
): Promise<Answerer> {
  const { normalisation = 'unit', fit = 'stretch', ...outputs } = options;
  const names = Object.fromEntries(outputRoles.map((role) => [role, outputs[role]]));
  const { body } = await endpoint.call({ url: model }).catch((error) => {
    throw error instanceof RequestRefused ? saysNothing(model, error) : error;
  });
  const metadata = readModelMetadata(readJsonReply(body, model));
  const input = pictureInput(metadata, inputName);
  if (metadata.outputs.length > 0) rolesOf(metadata.outputs, names);
  const isBinary = await knowsBinary(endpoint, server);
  return {
    async resultsOf(picture) {
      const { sent, placement } = await sentTensor(picture, input, { normalisation, fit });
      const request = inferRequest(`${model}/infer`, String(picture.image.imageId), sent, isBinary);
      const where = picture.image.fileName;
      const tensors = readTensors(await endpoint.call(request), where);
      return readDetections(tensors, placement, { names, boxFormat, boxUnit, activation }, where);
    },
  };
}

/** A server that does not say it is taken at the letter of the protocol. */
async function knowsBinary(endpoint: Endpoint, server: string): Promise<boolean> {
  try {
    const { body } = await endpoint.call({ url: server });
    const { extensions } = (readJsonReply(body, server) ?? {}) as { extensions?: unknown };
    return Array.isArray(extensions) && extensions.includes(binaryExtension);
  } catch {
    return false;
  }
}

async function sentTensor(
  { bytes, image }: PictureShown,
  input: PictureInput,
  options: { normalisation: Normalisation; fit: Fit },
): Promise<{ sent: SentTensor; placement: Placement }> {
  const { name } = input;
  if (input.kind === 'raster') {
    const { placement, ...tensor } = await pictureTensor(bytes, input, options);
    return { sent: { name, datatype: input.datatype, ...tensor }, placement };
  }
  const { width, height } = image;
  const { shape } = input;
  return {
    sent: { name, datatype: 'BYTES', shape, values: new Uint8Array(bytes) },
    placement: {
      ...{ scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 },
      width: width ?? 1,
      height: height ?? 1,
    },
  };
}
