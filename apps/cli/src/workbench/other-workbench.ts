// Whether a workbench answers where one usually does: who has no workspace where it was looked for may have one open there.

const patienceMillis = 500;

/** @returns the address of a workbench on that port of this machine; null where there is none */
export async function otherWorkbench(port: number): Promise<string | null> {
  const address = `http://127.0.0.1:${port}`;
  try {
    const signal = AbortSignal.timeout(patienceMillis);
    const response = await fetch(`${address}/api/health`, { signal });
    const { status, version } = (await response.json()) as Record<string, unknown>;
    return status === 'ok' && typeof version === 'string' ? address : null;
  } catch {
    return null; // nobody, or somebody else
  }
}
