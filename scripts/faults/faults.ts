import { setTimeout as sleep } from 'node:timers/promises';
import type { Devices } from './devices.ts';
import type { Disk } from './disk.ts';
import type { EngineProcess } from './engine.ts';
import type { FaultyLink, Fault as LinkFault } from './faulty-link.ts';
import type { Service } from './service.ts';

/** Devices send to a service, which reaches its database over the link. */
export type Scene = {
  devices: Devices;
  service: Service;
  link: FaultyLink;
  engine: EngineProcess;
  /** Where the engine has its data, if the fault needs a disk of its own. */
  disk: Disk | undefined;
};

export type Excuse = { engine: string; lost: number; why: string };

export type Fault = {
  name: string;
  /** How it is brought about, for the page. */
  how: string;
  /** How long it lasts, if it matters. */
  lastsMs?: number;
  needsDisk?: boolean;
  /** What a database loses by a fault of its own, which was looked into. */
  excuse?: Excuse;
  begin(scene: Scene): unknown;
  end(scene: Scene): unknown;
};

const FULL_MS = 15_000;
/** Longer than the service waits for its database. */
const LONG_MS = 10_000;

const onLink = (name: string, how: string, fault: LinkFault): Fault => ({
  name,
  how,
  begin: ({ link }) => link.set(fault),
  end: ({ link }) => link.set('none'),
});

async function restartEngine({ engine, link }: Scene): Promise<void> {
  await engine.restart();
  link.moveTo(engine.uri());
}

export const faults: Fault[] = [
  onLink('connection cut', 'each connection to the database breaks at once', 'dropped'),
  {
    ...onLink(
      'connection hangs',
      'connections stay open for 10 s, and nothing gets through',
      'hanging',
    ),
    lastsMs: LONG_MS,
  },
  onLink('slow database', '200 ms more each way', 'latency'),
  onLink(
    'lost replies',
    'the database writes, and the connection breaks instead of its reply',
    'lost replies',
  ),
  {
    name: 'changing primary',
    how: 'writes are answered with NotWritablePrimary, then all connections break; no other node takes over',
    begin: ({ link }) => link.set('step-down'),
    async end({ link }) {
      await link.set('none');
      link.breakAll();
    },
  },
  {
    name: 'killed database',
    how: 'SIGKILL, then started again on its data',
    begin: ({ engine }) => engine.signal('SIGKILL'),
    end: restartEngine,
  },
  {
    name: 'killed service',
    how: 'SIGKILL, then started again',
    begin: ({ service }) => service.signal('SIGKILL'),
    end: ({ service }) => service.restart(),
  },
  {
    name: 'frozen database',
    how: 'SIGSTOP, and SIGCONT 10 s later',
    lastsMs: LONG_MS,
    begin: ({ engine }) => engine.signal('SIGSTOP'),
    end: ({ engine }) => engine.signal('SIGCONT'),
  },
  {
    name: 'frozen service',
    how: 'SIGSTOP, then SIGCONT',
    begin: ({ service }) => service.signal('SIGSTOP'),
    end: ({ service }) => service.signal('SIGCONT'),
  },
  {
    name: 'full disk',
    how: 'a file takes all room of a small tmpfs; then it is deleted, and the database killed if it still runs, and started again',
    needsDisk: true,
    excuse: {
      engine: 'SecantusDB',
      lost: 1,
      why: 'it answers the write at which its log fails with `ok: 1`, and goes on; mongod ends instead',
    },
    async begin({ devices, disk }) {
      disk?.fill();
      const end = performance.now() + FULL_MS;
      while (devices.countRefused() === 0 && performance.now() < end) await sleep(50);
    },
    async end(scene) {
      scene.disk?.clear();
      await restartEngine(scene);
    },
  },
];
