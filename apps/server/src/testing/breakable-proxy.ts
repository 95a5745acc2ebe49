// A way to a server that can be cut and mended, as a network does it.

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface BreakableProxy {
  /** `url` with this way in place of the direct one. */
  urlThrough(url: string): string;
  /** Ends all connections and takes no more. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function openProxyTo(target: string): Promise<BreakableProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let ownPort = 0;
  let server: Server;
  const mend = async () => {
    server = createServer((inner) => {
      const outer = connect(Number(port), hostname);
      for (const socket of [inner, outer]) {
        sockets.add(socket);
        socket.on('error', () => {}); // `close` follows
        socket.on('close', () => {
          sockets.delete(socket);
          inner.destroy();
          outer.destroy();
        });
      }
      inner.pipe(outer).pipe(inner);
    });
    server.listen(ownPort, '127.0.0.1');
    await once(server, 'listening');
    ownPort = (server.address() as { port: number }).port;
  };
  await mend();
  return {
    urlThrough(url) {
      const through = new URL(url);
      through.host = `127.0.0.1:${ownPort}`;
      return through.href;
    },
    async cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
    mend,
  };
}
