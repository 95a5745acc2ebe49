// A network that another framework exported, for tests of what begins from one.

import { readFileSync } from 'node:fs';
import { readOnnx, writeOnnxWithData } from '@migaki/graph';

/** A small residual network with maps at every fourth and every eighth pixel, as PyTorch writes it. */
export const foreignNetwork: Buffer = readFileSync(
  new URL(
    import.meta
      .resolve('@migaki/graph')
      .replace('index.ts', 'testing/fixtures/residual-torchscript.onnx'),
  ),
);

/** The same with its weights in a file of this name beside it. */
export function foreignNetworkWithData(location: string): { bytes: Uint8Array; data: Buffer } {
  const { bytes, data } = writeOnnxWithData(readOnnx(foreignNetwork).model, location, 64);
  return { bytes, data: Buffer.concat(data) };
}
