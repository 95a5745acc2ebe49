const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves with the first signal that asks the process to end. From then on these signals are ignored: what was begun
 * is stopped in order, which a second Ctrl-C would only disturb.
 */
export function untilSignal(): Promise<(typeof signals)[number]> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve(signal));
  });
}
