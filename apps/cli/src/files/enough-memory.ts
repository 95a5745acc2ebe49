// Node's heap ends at a fixed size, about 4 GB, whatever the machine has. Files that would not fit are read by
// another Node with a larger heap, instead of ending in the engine's own crash.

import { spawn } from 'node:child_process';
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { CliError } from '../cli-error.ts';

/** Records take at least this many times the bytes of their text, and with all that checks keep, at most that many. */
const leastBytesPerByte = 2;
const mostBytesPerByte = 4;
/** Counted in the heap's limit, but what stays for long does not stay there. */
const youngGenerationBytes = 192 << 20;
/** The rest is for the system, and for what Node keeps outside its heap. */
const shareOfMachine = 0.8;

/**
 * Returns where the heap is large enough. Otherwise runs the same command once more in a process with as much as the
 * machine can give, and ends this one as that one ended.
 *
 * @throws CliError `input` where the machine itself is too small
 */
export async function ensureMemoryFor(path: string, fileBytes: number): Promise<void> {
  const heapBytes = getHeapStatistics().heap_size_limit - youngGenerationBytes;
  if (fileBytes * mostBytesPerByte <= heapBytes) return;
  const availableBytes = totalmem() * shareOfMachine;
  if (fileBytes * leastBytesPerByte > availableBytes) {
    throw new CliError(
      'input',
      `${path}: expected labels that fit into memory, found ${gigabytes(fileBytes)} of text, which take about ` +
        `${gigabytes(fileBytes * leastBytesPerByte)} once read; this machine can give ${gigabytes(availableBytes)}. ` +
        'Split them, or use a larger machine.',
    );
  }
  if (process.execArgv.some((argument) => argument.startsWith(heapOption))) return;
  await runAgain(`${heapOption}=${Math.floor(availableBytes / 2 ** 20)}`);
}

const heapOption = '--max-old-space-size';

async function runAgain(option: string): Promise<never> {
  const child = spawn(process.execPath, [option, ...process.argv.slice(1)], { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  process.exit(code ?? 143);
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
