import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { phrase } from '@migaki/coco';
import { databaseOf } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { testStore } from '../testing/test-store.ts';
import type { JobEvent } from './job-events.ts';
import { openJobs } from './jobs.ts';
import {
  openTestJobs,
  somebody,
  until,
  untilAborted,
  untilFinished,
  untilState,
} from './testing.ts';

describe('a job', () => {
  test('runs, tells of its progress and log, and keeps its result', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    jobs.registerHandler<{ name: string }>('greet', async (context) => {
      context.message(phrase`Greeting`);
      context.progress(20, 100, 'people');
      await sleep(400);
      context.progress(60);
      context.log('half way', 'warning');
      context.log('on');
      await released;
      return { greeting: `Hello ${context.params.name}`, missing: null };
    });
    const id = await jobs.enqueue({ ...somebody, kind: 'greet', params: { name: '愛子' } });
    const running = await until(async () => {
      const job = await jobs.get(id);
      return job.progress.done === 60 && job.lastLogSeq > 0 && job;
    });
    assert.equal(running.state, 'running');
    assert.equal(running.message, 'Greeting');
    assert.deepEqual([running.progress.total, running.progress.unit], [100, 'people']);
    const { ratePerSecond, secondsLeft } = running.progress;
    assert.ok(ratePerSecond !== null && ratePerSecond > 0);
    assert.equal(secondsLeft, 40 / ratePerSecond);
    release();
    const finished = await untilFinished(jobs, id);
    assert.equal(finished.state, 'succeeded');
    assert.deepEqual(finished.result, { greeting: 'Hello 愛子', missing: null });
    assert.equal(finished.progress.ratePerSecond, null);
    assert.ok(finished.finishedAt! >= finished.startedAt!);
    const [first, second, ...none] = await jobs.log(id);
    assert.deepEqual([first.level, first.text, second.text], ['warning', 'half way', 'on']);
    assert.deepEqual(none, []);
    assert.deepEqual(await jobs.log(id, { after: first.seq }), [second]);
  });

  test('that is cancelled is taken back before it counts as cancelled, at a second try if need be', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    const seen: boolean[] = [];
    jobs.registerHandler(
      'tidy',
      async ({ signal }) => {
        seen.push(signal.aborted);
        signal.throwIfAborted();
        await untilAborted(signal).catch(() => {});
        throw new Error('it could not be taken back');
      },
      { takesBack: true },
    );
    const id = await jobs.enqueue({ ...somebody, kind: 'tidy' });
    await untilState(jobs, id, 'running');
    await jobs.cancel(id);
    const { state } = await untilFinished(jobs, id);
    assert.deepEqual([state, seen], ['cancelled', [false, true]]);
  });

  test('that the database was away from says so in plain words, and goes on without any', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    const away = () =>
      Object.assign(new Error('the database system is starting up'), { code: '57P03' });
    const options = { maxAttempts: 2 };
    jobs.registerHandler(
      'shut-out',
      async () => {
        throw away();
      },
      options,
    );
    const id = await jobs.enqueue({ ...somebody, kind: 'shut-out' });
    const again = await until(async () => {
      const job = await jobs.get(id);
      return job.attempt === 1 && job.state === 'queued' && job;
    });
    assert.equal(again.error, null);
    const { state, error } = await untilFinished(jobs, id);
    assert.equal(state, 'failed');
    assert.match(error!.message, /^expected the database to answer, found that it does not/i);
    assert.deepEqual([error!.stack, error!.code], [null, '57P03']);
  });

  test('queued in a transaction exists when that commits, and never when it is undone', async (t) => {
    const store = await testStore();
    const jobs = await openTestJobs(t, store);
    const ran: unknown[] = [];
    jobs.registerHandler('note', async ({ params }) => {
      ran.push(params);
    });
    const undone = databaseOf(store)
      .transaction()
      .execute(async (transaction) => {
        await jobs.enqueue({ ...somebody, kind: 'note', params: 'undone' }, transaction);
        throw new Error('undo');
      });
    await assert.rejects(undone, { message: 'undo' });
    const id = await databaseOf(store)
      .transaction()
      .execute(async (transaction) => {
        const queued = await jobs.enqueue(
          { ...somebody, kind: 'note', params: 'done' },
          transaction,
        );
        await sleep(300); // time enough to be taken too early
        assert.deepEqual(ran, []);
        return queued;
      });
    await untilFinished(jobs, id);
    assert.deepEqual(ran, ['done']);
    assert.deepEqual(
      (await jobs.list()).map((job) => job.id),
      [id],
    );
  });

  test('is cancelled at once while queued, and never runs', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    const id = await jobs.enqueue({ ...somebody, kind: 'unattended' });
    assert.equal((await jobs.cancel(id)).state, 'cancelled');
    let hasRun = false;
    jobs.registerHandler('unattended', async ({ params }) => {
      hasRun ||= params === 'first';
    });
    const later = await jobs.enqueue({ ...somebody, kind: 'unattended', params: 'later' });
    await untilFinished(jobs, later);
    assert.equal(hasRun, false);
    assert.equal((await jobs.get(id)).state, 'cancelled');
  });

  test('is cancelled while it runs by another process, at its next look at the signal', async (t) => {
    const store = await testStore();
    const jobs = await openTestJobs(t, store);
    const elsewhere = await openTestJobs(t, store);
    jobs.registerHandler('endless', ({ signal }) => untilAborted(signal));
    const id = await elsewhere.enqueue({ ...somebody, kind: 'endless' });
    await untilState(jobs, id, 'running');
    assert.equal((await elsewhere.cancel(id)).isCancelRequested, true);
    const cancelled = await untilFinished(jobs, id);
    assert.equal(cancelled.state, 'cancelled');
    assert.equal(cancelled.error, null);
    assert.equal((await elsewhere.cancel(id)).state, 'cancelled');
  });

  test('that finishes its work although it was cancelled has succeeded', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    jobs.registerHandler('stubborn', async ({ signal }) =>
      untilAborted(signal).catch(() => 'done'),
    );
    const id = await jobs.enqueue({ ...somebody, kind: 'stubborn' });
    await untilState(jobs, id, 'running');
    await jobs.cancel(id);
    const job = await untilFinished(jobs, id);
    assert.deepEqual([job.state, job.result], ['succeeded', 'done']);
  });

  test('fails at once on a mistake of the person, which it quotes', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    jobs.registerHandler('mistaken', async () => {
      throw new StoreError('bad-name', { expected: phrase`a name`, found: 'none' });
    });
    const job = await untilFinished(jobs, await jobs.enqueue({ ...somebody, kind: 'mistaken' }));
    assert.deepEqual([job.state, job.attempt], ['failed', 1]);
    assert.deepEqual(job.error, {
      message: 'expected a name, found none.',
      fault: { expected: 'a name', found: 'none' },
      code: 'bad-name',
      stack: null,
    });
  });

  test('is tried again after any other error, from its checkpoint, and fails in the end', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    const resumedFrom: unknown[] = [];
    const errorsMeanwhile: unknown[] = [];
    jobs.registerHandler(
      'unlucky',
      async (context) => {
        resumedFrom.push(context.resumeFrom);
        errorsMeanwhile.push((await jobs.get(context.id)).error);
        await context.checkpoint({ attempt: context.attempt });
        throw new Error('the network is down');
      },
      { maxAttempts: 2 },
    );
    const id = await jobs.enqueue({ ...somebody, kind: 'unlucky' });
    const waiting = await until(async () => {
      const job = await jobs.get(id);
      return job.error !== null && job;
    });
    assert.deepEqual([waiting.state, waiting.attempt], ['queued', 1]);
    const failed = await untilFinished(jobs, id);
    assert.deepEqual([failed.state, failed.attempt], ['failed', 2]);
    assert.equal(failed.error?.message, 'the network is down');
    assert.match(failed.error?.stack ?? '', /jobs\.test\.ts/);
    assert.deepEqual(resumedFrom, [null, { attempt: 1 }]);
    assert.deepEqual(errorsMeanwhile, [null, null], 'what a run goes on from is no error of it');
  });

  test('of a kind that is started once fails with the error that it met', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    const once = { triesAgain: false };
    jobs.registerHandler('once', () => Promise.reject(new Error('the network is down')), once);
    const job = await untilFinished(jobs, await jobs.enqueue({ ...somebody, kind: 'once' }));
    assert.deepEqual(
      [job.state, job.attempt, job.error?.message],
      ['failed', 1, 'the network is down'],
    );
  });

  test('that failed is retried by hand, and goes on from its checkpoint', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    let isMended = false;
    jobs.registerHandler(
      'mended',
      async (context) => {
        if (isMended) return [context.resumeFrom, context.isResumed];
        await context.checkpoint(7);
        throw new Error('broken');
      },
      { maxAttempts: 1 },
    );
    const id = await jobs.enqueue({ ...somebody, kind: 'mended' });
    await untilState(jobs, id, 'failed');
    isMended = true;
    await jobs.retry(id);
    const job = await untilFinished(jobs, id);
    assert.deepEqual([job.state, job.error, job.attempt], ['succeeded', null, 1]);
    assert.deepEqual(job.result, [7, false]);
    await assert.rejects(jobs.retry(id), { code: 'job-state' });
  });

  test('goes back to the queue when its workbench stops, and resumes in the next', async (t) => {
    const store = await testStore();
    const first = await openJobs(store);
    first.registerHandler('long', async ({ checkpoint, isResumed, signal }) => {
      await checkpoint({ isResumed });
      await untilAborted(signal);
    });
    const id = await first.enqueue({ ...somebody, kind: 'long' });
    await untilState(first, id, 'running');
    await first.stop();
    const second = await openTestJobs(t, store);
    const waiting = await second.get(id);
    assert.deepEqual([waiting.state, waiting.attempt], ['queued', 0]);
    second.registerHandler('long', async ({ resumeFrom, isResumed }) => [resumeFrom, isResumed]);
    const job = await untilFinished(second, id);
    assert.deepEqual([job.state, job.attempt], ['succeeded', 1]);
    assert.deepEqual(job.result, [{ isResumed: false }, true]);
  });

  test('whose handler does not heed the stop is given back, and its late words do not count', async (t) => {
    const store = await testStore();
    const first = await openJobs(store);
    let late: Promise<unknown> = Promise.resolve();
    first.registerHandler('deaf', ({ checkpoint }) => {
      late = sleep(1_000).then(() => checkpoint('too late'));
      return late;
    });
    const id = await first.enqueue({ ...somebody, kind: 'deaf' });
    await untilState(first, id, 'running');
    await first.stop({ graceMillis: 50 });
    await assert.rejects(late, { name: 'JobInterruption' });
    const second = await openTestJobs(t, store);
    second.registerHandler('deaf', async ({ resumeFrom }) => resumeFrom);
    const job = await untilFinished(second, id);
    assert.deepEqual([job.state, job.result], ['succeeded', null]);
  });

  test('may say what no text column holds, and fails on a result that is no JSON', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    jobs.registerHandler(
      'odd',
      async ({ log, message }) => {
        message(phrase`half ${'\uD83D'}`);
        log('a\u0000b');
        return { big: 1n };
      },
      { maxAttempts: 1 },
    );
    const job = await untilFinished(jobs, await jobs.enqueue({ ...somebody, kind: 'odd' }));
    assert.deepEqual([job.state, job.message], ['failed', phrase`half ${'\uD83D'}`]);
    assert.match(job.error?.message ?? '', /BigInt/);
    assert.equal((await jobs.log(job.id))[0].text, 'a\u0000b');
  });

  test('keeps a log of bounded length', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    jobs.registerHandler('talkative', async ({ log }) => {
      for (let line = 1; line <= 12_000; line++) log(`line ${line}`);
    });
    const id = await jobs.enqueue({ ...somebody, kind: 'talkative' });
    await untilFinished(jobs, id);
    const lines = await jobs.log(id, { limit: 20_000 });
    assert.equal(lines.length, 10_000);
    assert.equal(lines[9_998].text, 'line 9999');
    assert.equal(lines[9_999].text, 'Further lines are left out.');
  });
});

describe('many jobs', () => {
  test('of one transaction, a thousand, run once each, shared by two workers', async (t) => {
    const store = await testStore();
    const jobs = await openTestJobs(t, store);
    const other = await openTestJobs(t, store);
    const ran: unknown[] = [];
    const shares = [0, 0];
    for (const [index, worker] of [jobs, other].entries()) {
      worker.registerHandler(
        'small',
        async ({ params }) => {
          ran.push(params);
          shares[index]++;
        },
        { concurrency: 5 },
      );
    }
    await databaseOf(store)
      .transaction()
      .execute(async (transaction) => {
        for (let index = 0; index < 1_000; index++) {
          await jobs.enqueue({ ...somebody, kind: 'small', params: index }, transaction);
        }
      });
    await until(async () => (await jobs.list({ states: ['queued', 'running'] })).length === 0);
    assert.equal((await jobs.list({ states: ['succeeded'] }, { limit: 2_000 })).length, 1_000);
    assert.deepEqual(
      (ran as number[]).toSorted((a, b) => a - b),
      Array.from({ length: 1_000 }, (_, index) => index),
    );
    assert.ok(Math.min(...shares) > 0);
    const left = await store.pool.query('select count(*)::int from pgboss.job');
    assert.deepEqual(left.rows, [{ count: 0 }]);
  });

  test('are listed by pages and filters, and deleted when finished', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    const ids: string[] = [];
    for (let index = 0; index < 7; index++) {
      ids.unshift(await jobs.enqueue({ ...somebody, kind: `kind-${index % 2}` }));
    }
    const pages: string[] = [];
    for (let before: number | undefined; ; ) {
      const page = await jobs.list({}, { limit: 3, before });
      if (page.length === 0) break;
      pages.push(...page.map((job) => job.id));
      before = page.at(-1)!.number;
    }
    assert.deepEqual(pages, ids);
    assert.equal((await jobs.list({ kind: 'kind-1' })).length, 3);
    await assert.rejects(jobs.delete(ids[0]), { code: 'job-state' });
    for (const id of ids.slice(0, 3)) await jobs.cancel(id);
    await jobs.delete(ids[0]);
    await assert.rejects(jobs.get(ids[0]), { code: 'job-not-found' });
    assert.equal(await jobs.deleteFinished(), 2);
    assert.deepEqual(
      (await jobs.list()).map((job) => job.id),
      ids.slice(3),
    );
  });

  test('that are not there are errors by name', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    for (const id of [randomUUID(), 'nothing', "'; drop table job"]) {
      for (const call of [jobs.get, jobs.cancel, jobs.retry, jobs.delete]) {
        await assert.rejects(call(id), { code: 'job-not-found' });
      }
    }
  });
});

describe('who watches', () => {
  test('sees the jobs of all processes until the signal', async (t) => {
    const store = await testStore();
    const jobs = await openTestJobs(t, store);
    const elsewhere = await openTestJobs(t, store);
    const ending = new AbortController();
    const events: JobEvent[] = [];
    const watching = (async () => {
      for await (const event of jobs.watch(ending.signal)) events.push(event);
    })();
    const heard = () =>
      events.map((event) => (event.type === 'changed' ? event.job.state : event.type));
    elsewhere.registerHandler('brief', async ({ progress }) => {
      progress(1, 2);
      await until(async () => heard().includes('running'));
    });
    const id = await elsewhere.enqueue({ ...somebody, kind: 'brief' });
    await untilFinished(elsewhere, id);
    await elsewhere.delete(id);
    await until(async () => heard().at(-1) === 'removed');
    ending.abort();
    await watching;
  });

  test('slowly gets the latest of each job, not all that was', async (t) => {
    const jobs = await openTestJobs(t, await testStore());
    const slow = jobs.watch()[Symbol.asyncIterator]();
    const first = slow.next();
    const told: JobEvent[] = [];
    const quick = (async () => {
      for await (const event of jobs.watch()) {
        told.push(event);
        if (event.type === 'changed' && event.job.state === 'succeeded') return;
      }
    })();
    jobs.registerHandler('busy', async ({ progress }) => {
      for (let done = 1; done <= 3; done++) {
        progress(done, 3);
        const isTold = (event: JobEvent) =>
          event.type === 'changed' && event.job.progress.done === done;
        await until(async () => told.some(isTold));
      }
    });
    await jobs.enqueue({ ...somebody, kind: 'busy' });
    await first;
    await quick;
    const { value } = await slow.next();
    assert.equal(value.job.state, 'succeeded');
    await slow.return?.();
  });
});
