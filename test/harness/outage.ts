import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createConnection, createServer } from 'node:net';

/** The test database behind a port of our own, where it can be lost and found again. */
export const createForward = (uri: string) => {
  const { hostname, port, pathname } = new URL(uri);
  return {
    atPort: (own: number): string => `mongodb://127.0.0.1:${own}${pathname}?directConnection=true`,
    /** Passes everything on to the test database, and back. */
    forward(socket: Socket): void {
      const database = createConnection(Number(port), hostname);
      socket.pipe(database).pipe(socket);
      socket.on('close', () => database.destroy());
      database.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    },
  };
};

/** Listens on a port, any free one by default, until it is disposed of. */
export const listen = async (onConnection: (socket: Socket) => void, at = 0) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    onConnection(socket);
  }).listen(at, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
