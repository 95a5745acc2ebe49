// The Python peers: where a library is found, and a small line protocol to a process that keeps it loaded.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runProcess } from './child-process.ts';

export interface PythonPeer {
  /** The Python executable. */
  python: string;
  /** `pycocotools 2.0.11`, `torch 2.15.0`. */
  name: string;
}

/** A running peer script that answers one JSON line with one JSON line. */
export interface PeerServer {
  /** @throws Error with the peer's own message where it could not do what was asked. */
  ask<Answer>(question: Record<string, unknown>): Promise<Answer>;
  close(): Promise<void>;
}

/** Each library, with the module that must load and the environment variable that names the Python to use. */
const libraries = {
  pycocotools: { module: 'pycocotools.mask', variable: 'MIGAKI_PEER_PYTHON' },
  cleanlab: { module: 'cleanlab.object_detection.rank', variable: 'MIGAKI_CLEANLAB_PYTHON' },
  torch: { module: 'torch', variable: 'MIGAKI_TORCH_PYTHON' },
} as const;
type Library = keyof typeof libraries;

/** The path of one of the project's own scripts for the peer. */
export const peerScript = (name: string): string => join(import.meta.dirname, '..', 'peers', name);

/**
 * Looks for a Python that can import a library: the one that the library's environment variable names, else `python3`.
 * @throws Error where the variable names one that cannot.
 */
export async function findPeer(library: Library): Promise<PythonPeer | null> {
  const { module, variable } = libraries[library];
  const named = process.env[variable];
  const python = named ?? 'python3';
  const askVersion = `import ${module}, importlib.metadata as m; print(m.version('${library}'))`;
  try {
    const { stdout } = await runProcess(python, ['-c', askVersion]);
    return { python, name: `${library} ${stdout.trim()}` };
  } catch (error) {
    if (named === undefined) return null;
    throw new Error(`${variable}: expected a Python with ${library}, found ${error}`);
  }
}

/**
 * Starts one of the scripts of `peers/` that answer questions.
 *
 * @example
 * const server = startPeerServer(peer, 'pycocotools_server.py');
 * const { area } = await server.ask<{ area: number }>({ do: "area", rle });
 * await server.close();
 */
export function startPeerServer(
  peer: PythonPeer,
  script: 'pycocotools_server.py' | 'cleanlab_server.py' | 'torch_server.py' | 'torch_trainer.py',
): PeerServer {
  const child = spawn(peer.python, [peerScript(script)], {
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
