// The Python peer: where pycocotools is found, and a small line protocol to a process that keeps it loaded.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runProcess } from './child-process.ts';

export interface PythonPeer {
  /** The Python executable. */
  python: string;
  /** `pycocotools 2.0.11`. */
  name: string;
}

/** A running peer script that answers one JSON line with one JSON line. */
export interface PeerServer {
  /** @throws Error with the peer's own message where it could not do what was asked. */
  ask<Answer>(question: Record<string, unknown>): Promise<Answer>;
  close(): Promise<void>;
}

const ASK_VERSION =
  "import pycocotools.mask, importlib.metadata as m; print(m.version('pycocotools'))";

/** The path of one of the project's own scripts for the peer. */
export const peerScript = (name: string): string => join(import.meta.dirname, '..', 'peers', name);

/**
 * Looks for a Python that can import pycocotools: the one that MIGAKI_PEER_PYTHON names, else `python3`.
 * @throws Error where MIGAKI_PEER_PYTHON names one that cannot.
 */
export async function findPycocotools(): Promise<PythonPeer | null> {
  const named = process.env.MIGAKI_PEER_PYTHON;
  const python = named ?? 'python3';
  try {
    const { stdout } = await runProcess(python, ['-c', ASK_VERSION]);
    return { python, name: `pycocotools ${stdout.trim()}` };
  } catch (error) {
    if (named === undefined) return null;
    throw new Error(`MIGAKI_PEER_PYTHON: expected a Python with pycocotools, found ${error}`);
  }
}

/**
 * Starts `peers/pycocotools_server.py`.
 *
 * @example
 * const server = startPeerServer(peer);
 * const { area } = await server.ask<{ area: number }>({ do: "area", rle });
 * await server.close();
 */
export function startPeerServer(peer: PythonPeer): PeerServer {
  const child = spawn(peer.python, [peerScript('pycocotools_server.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<Answer>(question: Record<string, unknown>) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { done, value } = await answers.next();
      if (done) throw new Error(`${peer.name} ended before it answered ${question.do}`);
      const answer = JSON.parse(value) as Answer & { error?: string };
      if (answer.error !== undefined) throw new Error(`${peer.name}: ${answer.error}`);
      return answer;
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'close');
    },
  };
}
