import { setImmediate as breath } from 'node:timers/promises';

/** Other work of the process gets its turn after so many. */
const breathMillis = 50;

/** What a long computation ends with. */
export async function computed<Value>(
  steps: Generator<number, Value>,
  tell: (done: number) => void,
  signal: AbortSignal,
): Promise<Value> {
  let lastBreath = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - lastBreath < breathMillis) continue;
    tell(step.value);
    await breath();
    signal.throwIfAborted();
    lastBreath = performance.now();
  }
}
