import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerError } from './protocol/to-error-reply.ts';
import { STEPPED_DOWN, toErrorReply } from './protocol/to-error-reply.ts';

export type Fault =
  | 'none'
  /** Each way takes 200 ms. */
  | 'latency'
  /** Connections are accepted and broken at once. */
  | 'dropped'
  /** Nothing listens. */
  | 'refused'
  /** Connections stay open, but nothing gets through. */
  | 'half-open'
  /** The same, but those that were open before stay so, too, and break when it is over. */
  | 'hanging'
  /** Replies come a few bytes at a time. */
  | 'slow reads'
  /** The database executes the command, but the connection breaks before its reply arrives. */
  | 'lost replies'
  /** Writes are answered as by a node that is no longer the primary. */
  | 'step-down'
  /** Commands are answered with this error. */
  | ServerError;

/** A TCP connection to a database that can be made faulty. */
export type FaultyLink = {
  uri: string;
  set(fault: Fault): Promise<void>;
  /** Leads new connections to another address, where the database was started again. */
  moveTo(databaseUri: string): void;
  /** Breaks all open connections, as a restart does. */
  breakAll(): void;
  /** The number of open connections. */
  count(): number;
  close(): Promise<void>;
};

export const createFaultyLink = async (databaseUri: string): Promise<FaultyLink> => {
  const { pathname } = new URL(databaseUri);
  let { hostname, port } = new URL(databaseUri);
  const sockets = new Set<Socket>();
  let fault: Fault = 'none';
  const open = (socket: Socket): void => {
    track(sockets, socket);
    if (fault === 'dropped') return void socket.destroy();
    const database = createConnection(Number(port), hostname);
    database.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => database.destroy());
    socket.on('data', (data) => toDatabase(fault, data, socket, database));
    database.on('data', (data) => toClient(fault, data, socket));
  };
  let server = await listen(open, 0);
  const own = (server.address() as AddressInfo).port;
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    uri: `mongodb://127.0.0.1:${own}${pathname}?directConnection=true`,
    async set(next) {
      if (fault === 'hanging') breakAll();
      if (fault === 'refused') server = await listen(open, own);
      // Data that was held back is lost with its connection; data that arrives late would be another fault.
      if (fault === 'half-open' || fault === 'slow reads') breakAll();
      fault = next;
      if (next === 'refused') server.close();
      if (next === 'refused' || next === 'dropped') breakAll();
    },
    moveTo(databaseUri) {
      ({ hostname, port } = new URL(databaseUri));
    },
    breakAll,
    count: () => sockets.size,
    async close() {
      breakAll();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
};

async function toDatabase(fault: Fault, data: Buffer, socket: Socket, database: Socket) {
  if (fault === 'half-open' || fault === 'hanging') return;
  const error = fault === 'step-down' ? STEPPED_DOWN : fault;
  const refusal = typeof error === 'object' ? refuse(data, error) : undefined;
  if (refusal) return void socket.write(refusal);
  if (fault === 'latency') await sleep(200);
  database.write(data);
}

function refuse(data: Buffer, error: ServerError): Buffer | undefined {
  if (error.times === 0) return undefined;
  const reply = toErrorReply(data, error);
  if (reply && error.times) error.times -= 1;
  return reply;
}

async function toClient(fault: Fault, data: Buffer, socket: Socket): Promise<void> {
  if (fault === 'half-open' || fault === 'hanging') return;
  if (fault === 'lost replies') return void socket.destroy();
  if (fault === 'latency') await sleep(200);
  if (fault !== 'slow reads') return void socket.write(data);
  for (let sent = 0; sent < data.length && !socket.destroyed; sent += 4) {
    socket.write(data.subarray(sent, sent + 4));
    await sleep(1_000);
  }
}

function track(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
}

async function listen(onConnection: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(onConnection).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
