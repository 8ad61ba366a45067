import { setTimeout as sleep } from 'node:timers/promises';
import type { Device } from './device/device.ts';
import { createDevice } from './device/device.ts';
import { toTraits } from './device/traits.ts';
import type { Options } from './parse-options.ts';
import type { Network, Sender } from './sending/sender.ts';
import { createSender } from './sending/sender.ts';

/** All devices, each with its sender. */
export type Fleet = {
  devices: Device[];
  /** Runs the devices for the run's time, or until `end`, then lets them deliver the rest; `end` aborts both. */
  run(end: AbortSignal): Promise<void>;
  /** The number of undelivered events. */
  backlog(): number;
};

const TICK_MS = 10;
/** The time to deliver the remaining events after the run's time is over. */
const DELIVERY_MS = 60_000;

export const createFleet = (options: Options, { random, ...network }: Network): Fleet => {
  const { forMs, keepRunning } = options;
  const { now } = network;
  const meanGap = createMeanGap(options);
  const members = Array.from({ length: options.devices }, (_, index) => {
    const own = random.fork(`device ${index}`);
    const traits = toTraits(index, own.fork('traits'), forMs, keepRunning);
    const device = createDevice({ index, traits, random: own }, { ...network, meanGap });
    return { device, sender: createSender(device, { ...network, random: own.fork('network') }) };
  });
  const devices = members.map(({ device }) => device);
  const senders: Sender[] = members.map(({ sender }) => sender);
  const isBusy = (): boolean => senders.some((sender) => sender.isBusy());
  const backlog = (): number => devices.reduce((sum, { outbox }) => sum + outbox.size(), 0);
  const isOver = (): boolean =>
    !keepRunning &&
    (now() > forMs + DELIVERY_MS || (now() >= forMs && backlog() === 0 && !isBusy()));
  return {
    devices,
    backlog,
    async run(end) {
      while (!end.aborted && !isOver()) {
        const until = keepRunning ? now() : Math.min(now(), forMs);
        for (const device of devices) device.live(until);
        for (const sender of senders) sender.wake();
        await sleep(TICK_MS);
      }
      // Waits for requests under way: their replies count.
      while (isBusy()) await sleep(TICK_MS);
    },
  };
};

/** Returns the mean gap by time; the burst is in the middle of the run. */
function createMeanGap({ devices, rate, forMs, burst }: Options): (at: number) => number {
  const gap = (1_000 * devices) / rate;
  if (!burst) return () => gap;
  const from = (forMs - burst.forMs) / 2;
  return (at) => (at >= from && at < from + burst.forMs ? gap / burst.factor : gap);
}
