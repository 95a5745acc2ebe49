// Sends any number of files by tus (https://tus.io), a few at a time, and tells how far it is.
// An interrupted file goes on from where it stopped: after a pause, a lost network, a restart of the server, or when it
// is chosen again after a reload of the page.

import { errorBody } from '@migaki/api';
import { DetailedError, Upload as TusUpload } from 'tus-js-client';
import { refusalText } from '../i18n/words.ts';
import type { ChosenFile } from './chosen-files.ts';
import { filesUrl, type SentFile } from './interrupted-upload.ts';
import { createSpeedometer } from './speedometer.ts';

/** A browser opens at most six connections to a server, and the stream of events has one. */
const parallelFiles = 4;
const longestDelayMillis = 8000;
/** Without an answer for days: the network will come back, and whoever does not wait for it cancels. */
const retryDelaysMillis = [0, 500, 1000, 2000, 4000, ...Array(30_000).fill(longestDelayMillis)];
/** About two minutes in all: long enough for a server to come back. */
const mostRefusals = 18;
const notifyMillis = 100;
/** While nothing comes through, nothing happens that would tell so. */
const lookMillis = 1000;
/** Until then a slow line may be the reason. */
const stalledMillis = 5000;

export interface UploadProgress {
  fileCount: number;
  filesDone: number;
  byteCount: number;
  bytesDone: number;
  bytesPerSecond: number | null;
  isPaused: boolean;
  /** Nothing has come through for a while. */
  isStalled: boolean;
  failed: { path: string; reason: string }[];
}

export interface Upload {
  getProgress(): UploadProgress;
  subscribe(listener: () => void): () => void;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Sends again what failed. */
  retryFailed(): void;
  /** Goes on without what failed. */
  skipFailed(): void;
  /** Settles when every file is there, or failed and skipped. */
  finished: Promise<'complete' | 'cancelled'>;
}

/** @param sent those of the files that have arrived before, whole or in part */
export function startUpload(
  uploadId: string,
  files: readonly ChosenFile[],
  sent: ReadonlyMap<ChosenFile, SentFile> = new Map(),
): Upload {
  const endpoint = filesUrl(uploadId);
  const isThere = (chosen: ChosenFile) => sent.get(chosen)?.bytesReceived === chosen.file.size;
  const there = files.filter(isThere);
  const waiting = files.filter((chosen) => !isThere(chosen)).reverse();
  /** Bytes sent of each file that is on its way. */
  const sending = new Map<TusUpload, number>();
  const failed = new Map<ChosenFile, string>();
  const speed = createSpeedometer();
  const listeners = new Set<() => void>();
  const { promise: finished, resolve } = Promise.withResolvers<'complete' | 'cancelled'>();
  const byteCount = files.reduce((sum, { file }) => sum + file.size, 0);
  let bytesOfDone = there.reduce((sum, { file }) => sum + file.size, 0);
  let filesDone = there.length;
  let isPaused = false;
  let isOver = false;
  let lastMoved = { bytesDone: -1, millis: 0 };
  let progress = read();
  let willNotify = false;

  function read(): UploadProgress {
    let bytesDone = bytesOfDone;
    for (const bytesSent of sending.values()) bytesDone += bytesSent;
    const millis = performance.now();
    if (bytesDone !== lastMoved.bytesDone || isPaused) lastMoved = { bytesDone, millis };
    return {
      fileCount: files.length,
      filesDone,
      byteCount,
      bytesDone,
      bytesPerSecond: isPaused ? null : speed.perSecond(bytesDone, millis),
      isPaused,
      isStalled: sending.size > 0 && millis - lastMoved.millis > stalledMillis,
      failed: [...failed].map(([{ path }, reason]) => ({ path, reason })),
    };
  }

  const notify = (): void => {
    if (willNotify) return;
    willNotify = true;
    setTimeout(() => {
      willNotify = false;
      progress = read();
      for (const listener of listeners) listener();
    }, notifyMillis);
  };

  const looking = setInterval(() => notify(), lookMillis);
  const end = (outcome: 'complete' | 'cancelled'): void => {
    isOver = true;
    clearInterval(looking);
    window.removeEventListener('beforeunload', warn);
    notify();
    resolve(outcome);
  };

  const settle = (upload: TusUpload): void => {
    sending.delete(upload);
    notify();
    fill();
    if (!isOver && sending.size === 0 && waiting.length === 0 && failed.size === 0) end('complete');
  };

  function send(chosen: ChosenFile): void {
    const { file, path } = chosen;
    const known = sent.get(chosen);
    const upload = new TusUpload(file, {
      endpoint,
      uploadUrl: known === undefined ? null : `${endpoint}/${encodeURIComponent(known.fileId)}`,
      retryDelays: retryDelaysMillis,
      onShouldRetry: isWorthAnotherTry,
      // One request for a small file instead of two.
      uploadDataDuringCreation: true,
      // The server remembers, and the browser need not: see `interrupted-upload.ts`.
      storeFingerprintForResuming: false,
      metadata: {
        filename: path,
        relativePath: path,
        filetype: file.type,
        lastModified: String(file.lastModified),
      },
      onProgress: (bytesSent) => {
        sending.set(upload, bytesSent);
        notify();
      },
      onSuccess: () => {
        filesDone++;
        bytesOfDone += file.size;
        settle(upload);
      },
      onError: (error) => {
        failed.set(chosen, reasonOf(error));
        settle(upload);
      },
    });
    sending.set(upload, 0);
    upload.start();
  }

  function fill(): void {
    while (!isPaused && !isOver && sending.size < parallelFiles) {
      const next = waiting.pop();
      if (next === undefined) return;
      send(next);
    }
  }

  /** Files that are not sent yet are lost when the page goes. */
  const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
  window.addEventListener('beforeunload', warn);
  if (waiting.length === 0) end('complete');
  fill();

  return {
    getProgress: () => progress,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause() {
      isPaused = true;
      for (const upload of sending.keys()) void upload.abort();
      notify();
    },
    resume() {
      isPaused = false;
      for (const upload of sending.keys()) upload.start();
      fill();
      notify();
    },
    cancel() {
      waiting.length = 0;
      for (const upload of sending.keys()) void upload.abort(true).catch(() => {});
      sending.clear();
      end('cancelled');
    },
    retryFailed() {
      waiting.push(...failed.keys());
      failed.clear();
      fill();
      notify();
    },
    skipFailed() {
      failed.clear();
      notify();
      if (sending.size === 0 && waiting.length === 0) end('complete');
    },
    finished,
  };
}

/** Not only while the browser believes to be online, as the library has it: then nothing would wait for a lost network. */
function isWorthAnotherTry(
  { originalResponse }: Pick<DetailedError, 'originalResponse'>,
  attempt: number,
): boolean {
  if (originalResponse === null) return true;
  const status = originalResponse.getStatus();
  const isTemporary = status >= 500 || status === 409 || status === 423;
  return isTemporary && attempt < mostRefusals;
}

/** What the workbench says, as of a full disk; else what the library makes of the failure. */
function reasonOf(error: Error): string {
  if (!(error instanceof DetailedError)) return error.message;
  try {
    const { error: refusal } = errorBody.parse(JSON.parse(error.originalResponse?.getBody() ?? ''));
    return refusalText(refusal);
  } catch {
    return error.message;
  }
}
