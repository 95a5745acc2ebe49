// What will hold in a moment, as soon as it does: no test waits for a time.

const patienceMillis = 60_000;
const stepMillis = 50;

/** @throws what the check threw last, when it has not held for a minute */
export async function soon(check: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + patienceMillis; ; await pause()) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

const pause = () => new Promise((done) => setTimeout(done, stepMillis));
