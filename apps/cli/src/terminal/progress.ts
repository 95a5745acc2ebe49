// A bar on stderr for work that takes long enough to wonder about it: how far, how fast, how much
// longer. Short work shows nothing, and so does work that nobody watches.

import type { Options, Params, SingleBar } from 'cli-progress';
import { drawBar } from './bar.ts';
import { byteSize, duration, shorten, thousands } from './words.ts';

export interface Progress {
  /** So much more is done. */
  advance(amount: number): void;
  /** Removes the bar. */
  done(): void;
}

/** What a command shows on stderr while it works. */
export interface ProgressDisplay {
  /** For work that knows how much there is. */
  startProgress: StartProgress;
  /** For work that computes without a pause: one line while it runs, a bar where the work tells how far it is. */
  withStatus<Result>(text: string, work: (tell: Tell) => Result): Result;
  /** For work that lasts and has much to tell: a line that changes, and lines above it that stay. */
  startLiveLine(): LiveLine;
}

export interface LiveLine {
  /** Never wider than the terminal: what is too long is cut. */
  show(text: string): void;
  /** Adds a line that stays. */
  keep(text: string): void;
  /** Removes the line that changes. */
  done(): void;
}

/** May be called as often as one likes. */
export type Tell = (done: number, total: number) => void;

export type StartProgress = (title: string, total: number, unit: ProgressUnit) => Progress;
export type ProgressUnit = 'bytes' | 'files' | 'pictures' | 'rows';

const silent: Progress = { advance() {}, done() {} };
const patienceMillis = 500;
const framesPerSecond = 10;
const clearedLine = '\r\u001b[K';

/** For `--quiet`, pipes and terminals that cannot move the cursor. */
export const noProgress: ProgressDisplay = {
  startProgress: () => silent,
  withStatus: (_text, work) => work(() => {}),
  startLiveLine: () => ({ show() {}, keep() {}, done() {} }),
};

export const progressOnStderr: ProgressDisplay = {
  startProgress: startBar,
  withStatus(text, work) {
    process.stderr.write(`${text} …`);
    const startedMillis = performance.now();
    let drawnMillis = startedMillis;
    // No timer runs while the work computes, so it is drawn in between.
    const tell: Tell = (value, total) => {
      const nowMillis = performance.now();
      if (nowMillis - drawnMillis < 1000 / framesPerSecond) return;
      drawnMillis = nowMillis;
      const seconds = (nowMillis - startedMillis) / 1000;
      const figures = { value, total, maxWidth: process.stderr.columns };
      process.stderr.write(`${clearedLine}${progressLine(text, null, figures, seconds)}`);
    };
    try {
      return work(tell);
    } finally {
      process.stderr.write(clearedLine);
    }
  },
  startLiveLine() {
    let shown = '';
    const draw = () => {
      const width = (process.stderr.columns || 80) - 1;
      process.stderr.write(`${clearedLine}${shorten(shown, width)}`);
    };
    return {
      show(text) {
        shown = text;
        draw();
      },
      keep(text) {
        process.stderr.write(`${clearedLine}${text}\n`);
        draw();
      },
      done() {
        process.stderr.write(clearedLine);
      },
    };
  },
};

/**
 * @example
 * const progress = startProgress("Reading gt.json", 18_728_309, "bytes");
 * for await (const chunk of chunks) { progress.advance(chunk.length); … }
 * progress.done();
 */
function startBar(title: string, total: number, unit: ProgressUnit): Progress {
  let value = 0;
  let bar: SingleBar | null = null;
  let finished = false;
  const startedMillis = performance.now();
  const timer = setTimeout(async () => {
    const { default: cliProgress } = await import('cli-progress');
    if (finished) return;
    bar = new cliProgress.SingleBar({
      // Nothing of the terminal is changed (cursor, wrapping), so nothing is to be restored
      // when the process is killed.
      hideCursor: false,
      linewrap: true,
      gracefulExit: false,
      clearOnComplete: true,
      fps: framesPerSecond,
      stream: process.stderr,
      format: (_options: Options, params: Params) =>
        progressLine(title, unit, params, (performance.now() - startedMillis) / 1000),
    });
    bar.start(total, value);
  }, patienceMillis);
  timer.unref();
  return {
    advance(amount) {
      value += amount;
      bar?.update(value);
    },
    done() {
      finished = true;
      clearTimeout(timer);
      bar?.stop();
    },
  };
}

/**
 * `Reading gt.json  ██████      42 %  31.2 MB/s  0.6 s left`, never wider than the terminal.
 *
 * @param unit null for work whose speed tells nobody anything
 */
export function progressLine(
  title: string,
  unit: ProgressUnit | null,
  { value, total, maxWidth }: Pick<Params, 'value' | 'total' | 'maxWidth'>,
  seconds: number,
): string {
  const fraction = total > 0 ? Math.min(value / total, 1) : 1;
  const rate = value / seconds;
  const amount = unit === 'bytes' ? byteSize(rate) : `${thousands(Math.round(rate))} ${unit}`;
  const speed = unit === null ? '' : `  ${amount}/s`;
  const left = rate > 0 && fraction < 1 ? `  ${duration((total - value) / rate)} left` : '';
  const figures = `${String(Math.floor(fraction * 100)).padStart(3)} %${speed}${left}`;
  const barColumns = Math.min(30, maxWidth - title.length - figures.length - 5);
  if (barColumns < 5) return figures.slice(0, maxWidth - 1);
  return `${title}  ${drawBar(fraction, barColumns).padEnd(barColumns)}  ${figures}`;
}
