// One trainer in a run's folder at a time. Whoever started a trainer may die and the next one be started before the first has
// noticed that it is alone; two of them would write one checkpoint.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const pauseMillis = 200;
const busy = 5;

/**
 * Waits for the trainer that has the folder, and takes it until this process ends. The lock is the kernel's own, which Node
 * offers through SQLite alone: it ends with its holder, however that ends.
 */
export async function lockFolder(folder: string): Promise<void> {
  const lock = new DatabaseSync(join(folder, 'trainer.lock'), { timeout: 0 });
  held.push(lock);
  for (;;) {
    try {
      return lock.exec('BEGIN IMMEDIATE');
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== busy) throw error;
      await sleep(pauseMillis);
    }
  }
}

/** What nobody holds is closed by the collector. */
const held: DatabaseSync[] = [];
