import { createServer } from 'node:net';

/** The first of the ports on which nothing listens; null where all are taken. 0 is always free. */
export async function firstFreePort(host: string, ports: Iterable<number>): Promise<number | null> {
  for (const port of ports) if (await isFree(host, port)) return port;
  return null;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
