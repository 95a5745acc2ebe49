// One line that says on what the figures were measured.

import { cpus, loadavg, totalmem } from 'node:os';

/** `2 × Intel(R) Xeon(R) Processor, 23.4 GiB, linux x64, Node 24.21.0, load 0.31`. */
export function describeMachine(): string {
  const cores = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(1);
  return [
    `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}`,
    `${gibibytes} GiB`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    `load ${loadavg()[0].toFixed(2)}`,
  ].join(', ');
}
