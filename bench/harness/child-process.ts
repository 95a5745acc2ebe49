// Measuring whole programs as a person starts them: start-up, reading, work and exit, with everything they start.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessRun {
  wallSeconds: number;
  /**
   * The sum of the highest resident set of the process and of each of its descendants. Null where the system
   * has no /proc.
   */
  peakRssBytes: number | null;
  stdout: string;
}

const POLL_MILLIS = 20;

/**
 * Runs a program to its end.
 * @throws Error with the end of its stderr where the exit code is not 0.
 */
export function runProcess(command: string, args: readonly string[]): Promise<ProcessRun> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));

  const peakByPid = new Map<number, number>();
  const poll = () => child.pid !== undefined && recordPeaks(child.pid, peakByPid);
  const timer = setInterval(poll, POLL_MILLIS);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      clearInterval(timer);
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      clearInterval(timer);
      const wallSeconds = (performance.now() - started) / 1000;
      if (code !== 0) {
        const said = Buffer.concat(stderr).toString('utf8').trimEnd().slice(-2000);
        reject(new Error(`${[command, ...args].join(' ')} ended with ${code ?? signal}:\n${said}`));
        return;
      }
      const peaks = [...peakByPid.values()];
      resolve({
        wallSeconds,
        peakRssBytes: peaks.length > 0 ? peaks.reduce((sum, bytes) => sum + bytes, 0) : null,
        stdout: Buffer.concat(stdout).toString('utf8'),
      });
    });
  });
}

/**
 * Notes the kernel's own high-water mark (VmHWM) of a process and of all below it. The mark only rises, so the last
 * one read is right up to what was allocated within the last poll.
 */
function recordPeaks(pid: number, peakByPid: Map<number, number>): void {
  const kilobytes = readProc(`/proc/${pid}/status`)?.match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
  if (kilobytes !== undefined) peakByPid.set(pid, Number(kilobytes) * 1024);
  const children = readProc(`/proc/${pid}/task/${pid}/children`)?.trim();
  for (const childPid of children?.split(' ') ?? []) {
    if (childPid !== '') recordPeaks(Number(childPid), peakByPid);
  }
}

/** Null for a process that has ended meanwhile, and on systems without /proc. */
function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
