import type { Kind } from './kinds.ts';
import { toKind } from './kinds.ts';

/** What became of the events of one kind of device. */
export type Row = {
  handedOver: number;
  /** Of those handed over. */
  storedOnce: number;
  /** Of those handed over and not stored: why not, and how many. */
  told: Map<string, number>;
  lost: string[];
  twice: string[];
  /** The power was cut while they were handed over: these may be stored, or not. */
  cutOff: number;
  /** Stored, and never tried: the service or the client has made them up. */
  strange: string[];
};

export const toTold = ({ told }: Row): number => sum([...told.values()]);

export const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Journals of the devices, and what the service has. */
export type Ledger = {
  /** Takes a journal: lines such as `H 12 300001`, as clients/c/test/fleet.c describes them. */
  read(journal: string): void;
  /** Takes the values that the service has of a device. */
  stored(device: number, values: number[]): void;
  rows(): Map<Kind, Row>;
};

type Fate = { tried: boolean; handedOver: boolean; why?: string; stored: number };

export const createLedger = (): Ledger => {
  const devices = new Map<number, Map<number, Fate>>();
  const fateOf = (device: number, value: number): Fate => {
    const events = devices.get(device) ?? new Map<number, Fate>();
    const fate = events.get(value) ?? { tried: false, handedOver: false, stored: 0 };
    devices.set(device, events.set(value, fate));
    return fate;
  };
  return {
    read(journal) {
      for (const line of journal.split('\n').filter(Boolean)) {
        const [what, device, value, ...why] = line.split(' ');
        const fate = fateOf(Number(device), Number(value));
        if (what === 'A') fate.tried = true;
        else fate.handedOver = true;
        if (what === 'T') fate.why = why.join(' ');
      }
    },
    stored(device, values) {
      for (const value of values) fateOf(device, value).stored += 1;
    },
    rows() {
      const rows = new Map<Kind, Row>();
      for (const [device, events] of devices) {
        const kind = toKind(device);
        const row = rows.get(kind) ?? toEmptyRow();
        rows.set(kind, row);
        for (const [value, fate] of events) count(row, `${device}: ${value}`, fate);
      }
      return rows;
    },
  };
};

function toEmptyRow(): Row {
  const none = { handedOver: 0, storedOnce: 0, cutOff: 0 };
  return { ...none, told: new Map(), lost: [], twice: [], strange: [] };
}

function count(row: Row, name: string, { tried, handedOver, why, stored }: Fate): void {
  if (!tried) row.strange.push(name);
  if (stored > 1) row.twice.push(name);
  if (!handedOver) row.cutOff += 1;
  if (!handedOver) return;
  row.handedOver += 1;
  if (stored === 1) row.storedOnce += 1;
  else if (stored === 0 && why !== undefined) row.told.set(why, (row.told.get(why) ?? 0) + 1);
  else if (stored === 0) row.lost.push(name);
}
