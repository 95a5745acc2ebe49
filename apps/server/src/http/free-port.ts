import { createServer } from 'node:net';

/**
 * The first of the ports on which nothing listens; null where all are taken. 0 is always free.
 *
 * @throws with the codes of the system: `EACCES` for a port that needs more rights, `EADDRNOTAVAIL` or `ENOTFOUND` for a
 *   host that is not this machine
 */
export async function firstFreePort(host: string, ports: Iterable<number>): Promise<number | null> {
  for (const port of ports) if (await isFree(host, port)) return port;
  return null;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
