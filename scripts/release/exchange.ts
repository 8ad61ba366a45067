import { hash } from 'node:crypto';

/** A request and its reply; a release keeps one per line, as JSON. */
export type Exchange = {
  /** The exchanges of a scenario depend on the earlier ones. */
  scenario: string;
  title: string;
  request: ExchangeRequest;
  reply: Reply;
};

/** Sent with the service's key unless `headers` has another one. */
export type ExchangeRequest = {
  method: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
};

export type Reply = { status: number; headers: Record<string, string>; body: unknown };

/** A placeholder for a device id, which differs in each release; `name` becomes its last digits. */
export const toDevice = (name: string): string => `${NOBODY}${name.padStart(12, '0')}`;

const NOBODY = '00000000-0000-4000-8000-';

/**
 * Replaces placeholders by device ids, and back.
 * @param version the release whose exchanges are recorded or replayed: its cursors belong to its device ids
 */
export const createDevices = (version: string) => {
  const prefix = `${hash('sha256', version, 'hex').slice(0, 8)}-0000-4000-8000-`;
  return {
    enter: (text: string): string => text.replaceAll(NOBODY, prefix),
    leave: (text: string): string => text.replaceAll(prefix, NOBODY),
  };
};

// Long texts repeat one letter: their length is kept.
const RUN = /x{100,}/g;

export const toLines = (exchanges: Exchange[]): string =>
  exchanges.map((exchange) => `${pack(JSON.stringify(exchange))}\n`).join('');

export const fromLines = (text: string): Exchange[] =>
  text.split('\n').flatMap((line) => (line ? [JSON.parse(unpack(line))] : []));

const pack = (text: string): string => text.replaceAll(RUN, (run) => `«x × ${run.length}»`);

const unpack = (text: string): string =>
  text.replaceAll(/«x × (\d+)»/g, (_, length) => 'x'.repeat(Number(length)));
