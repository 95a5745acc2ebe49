// What runs beside others, and what has to run alone.

/**
 * @example
 * const { beside, alone } = createTurns();
 * await Promise.all([beside(decode), beside(decode), alone(decodeAndAskWhatWentWrong)]);
 */
export function createTurns() {
  let running = 0;
  let sole: Promise<void> | null = null;
  let onIdle = (): void => {};

  async function beside<Result>(act: () => Promise<Result>): Promise<Result> {
    while (sole !== null) await sole;
    running++;
    try {
      return await act();
    } finally {
      if (--running === 0) onIdle();
    }
  }

  /** Waits for what is running; whoever comes meanwhile waits for it. */
  async function alone<Result>(act: () => Promise<Result>): Promise<Result> {
    while (sole !== null) await sole;
    const { promise, resolve } = Promise.withResolvers<void>();
    sole = promise;
    try {
      if (running > 0) {
        await new Promise<void>((idle) => {
          onIdle = idle;
        });
      }
      return await act();
    } finally {
      sole = null;
      resolve();
    }
  }

  return { beside, alone };
}
