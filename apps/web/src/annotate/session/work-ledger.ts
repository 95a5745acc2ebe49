// Work time that the server has not confirmed yet, where a closed page and a stopped workbench lose none of it. Each
// session has an entry of its own, so that tabs do not overwrite one another.

import type { WorkStretch } from '@migaki/api';

/** Whose work, and in which sitting. Each is a person's own: it is sent while that person is logged in. */
export interface Sitting {
  readonly datasetId: number;
  readonly user: string;
  readonly sessionId: string;
}

const prefix = 'migaki-annotate-work ';

const keyOf = ({ datasetId, user, sessionId }: Sitting): string =>
  prefix + JSON.stringify([datasetId, user, sessionId]);

export function readStretches(sitting: Sitting): WorkStretch[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(sitting)) ?? '[]');
  } catch {
    return [];
  }
}

/** @throws DOMException where the browser has no room */
export function addStretch(sitting: Sitting, stretch: WorkStretch): void {
  write(sitting, [...readStretches(sitting), stretch]);
}

export function removeStretches(sitting: Sitting, counters: ReadonlySet<number>): void {
  write(
    sitting,
    readStretches(sitting).filter(({ counter }) => !counters.has(counter)),
  );
}

function write(sitting: Sitting, stretches: readonly WorkStretch[]): void {
  if (stretches.length === 0) localStorage.removeItem(keyOf(sitting));
  else localStorage.setItem(keyOf(sitting), JSON.stringify(stretches));
}

export function listSittings(): Sitting[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => {
      try {
        const [datasetId, user, sessionId] = JSON.parse(key.slice(prefix.length));
        return [{ datasetId, user, sessionId }];
      } catch {
        return [];
      }
    });
}
