import { subscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '../../local/start-local.ts';
import { UNLIMITED } from '../../local/unlimited.ts';
import type { ServiceMessage } from './start-own-service.ts';

// The whole service, in its own process, so that its memory and time can be measured.
const SAMPLE_MS = 1_000;

// Ctrl-C only concerns the simulator.
process.on('SIGINT', () => undefined);
const databaseConnections = countOpen('net.client.socket');
const clientConnections = countOpen('net.server.socket');
const directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
const local = await startLocal({
  port: Number(process.env.PORT),
  apiKey: process.env.API_KEY ?? '',
  directory,
  api: UNLIMITED,
  events: {},
  report: (progress) => tell({ progress }),
}).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

// Happens however the simulator ends.
process.once('disconnect', () => stop(0));
local.failed.then((message) => {
  console.error(message);
  return stop(1);
});
tell({ url: local.url });
setInterval(() => tell({ sample: toSample() }), SAMPLE_MS);

async function stop(exitCode: number): Promise<void> {
  await local.stop();
  await rm(directory, { recursive: true, force: true });
  process.exit(exitCode);
}

function toSample() {
  const { rss, heapUsed } = process.memoryUsage();
  return {
    rssMb: Math.round(rss / 2 ** 20),
    heapMb: Math.round(heapUsed / 2 ** 20),
    databaseConnections: databaseConnections(),
    clientConnections: clientConnections(),
  };
}

/** Counts open connections, from events of Node's diagnostics channel. */
function countOpen(channel: 'net.client.socket' | 'net.server.socket'): () => number {
  const sockets = new Set<Socket>();
  subscribe(channel, (message) => {
    const { socket } = message as { socket: Socket };
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => sockets.size;
}

function tell(message: ServiceMessage): void {
  if (process.connected) process.send?.(message);
}
