// The steps of the demonstration as they go by: one line that changes, and above it what has come of those that are done.

import type { LiveLine } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration } from '../terminal/words.ts';

export interface Stage {
  /** How it goes. */
  show(text: string): void;
}

export interface Stages {
  /** Shows a step while it goes on, and keeps what it says in the end. */
  run<Result>(
    title: string,
    work: (stage: Stage) => Promise<Result>,
    said: (result: Result) => string,
  ): Promise<Result>;
  /** Of all that were run so far. */
  seconds(): number;
}

const titleColumns = 18;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMillis = 100;

/** @param keep shows a line for good; by default above the one that changes */
export function showStages(
  count: number,
  line: LiveLine,
  { paint }: Terminal,
  keep: (text: string) => void = line.keep,
): Stages {
  const started = performance.now();
  let nth = 0;
  return {
    async run(title, work, said) {
      nth++;
      const begun = performance.now();
      const secondsSince = () => (performance.now() - begun) / 1000;
      const head = title.padEnd(titleColumns);
      const place = `${String(nth).padStart(String(count).length)}/${count}`;
      let text = '';
      const draw = () => {
        const frame = frames[Math.floor(performance.now() / frameMillis) % frames.length];
        line.show(`${frame} ${place}  ${head}  ${text || duration(secondsSince())}`);
      };
      const timer = setInterval(draw, frameMillis);
      try {
        const result = await work({
          show(next) {
            text = next;
          },
        });
        const took = paint('dim', duration(secondsSince()));
        keep(`${paint('green', '✔')} ${place}  ${paint('bold', head)}  ${said(result)}  ${took}`);
        return result;
      } finally {
        clearInterval(timer);
        line.done();
      }
    },
    seconds: () => (performance.now() - started) / 1000,
  };
}
