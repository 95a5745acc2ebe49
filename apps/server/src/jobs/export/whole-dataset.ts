// Every format but COCO is written from a dataset in memory, so it has to fit there.

import { getHeapStatistics } from 'node:v8';
import { type CocoDataset, phrase } from '@migaki/coco';
import { type CocoRoot, StoreError } from '@migaki/store';

const recordsPerCheck = 10_000;
/** Writers keep lists of their own beside it: Pascal VOC as much as a fifth of it. */
const shareForDataset = 0.6;
/** Counted in the heap's limit, but what stays for long does not stay there. */
const youngGenerationBytes = 192 << 20;

/**
 * All that a stream holds.
 *
 * @throws StoreError `bad-export` for one that would not fit, long before the process would end of it
 */
export async function wholeDataset(root: CocoRoot, format: string): Promise<CocoDataset> {
  const sections: Record<string, unknown> = {};
  let recordCount = 0;
  for (const [name, value] of Object.entries(root)) {
    const isStream = typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
    if (!isStream) {
      sections[name] = value;
      continue;
    }
    const records: unknown[] = [];
    for await (const record of value as AsyncIterable<unknown>) {
      records.push(record);
      if (++recordCount % recordsPerCheck === 0) refuseTooLarge(recordCount, format);
    }
    sections[name] = records;
  }
  return { categories: [], ...sections } as unknown as CocoDataset;
}

function refuseTooLarge(recordCount: number, format: string): void {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  const memoryBytes = heap_size_limit - youngGenerationBytes;
  if (used_heap_size < memoryBytes * shareForDataset) return;
  const gigabytes = (memoryBytes / 1e9).toFixed(1);
  throw new StoreError('bad-export', {
    expected: phrase`a dataset that fits into the memory of a worker (${gigabytes} GB): ${format} is written from memory`,
    found: phrase`one of more than ${recordCount} pictures and annotations`,
    advice: phrase`Export a part of it at a time (a filter, some categories), or as COCO, which takes any size.`,
  });
}
