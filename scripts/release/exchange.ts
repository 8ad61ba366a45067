/** A request and what it was answered, as a release keeps it: a line of JSON each. */
export type Exchange = {
  /** Each depends on those before it. */
  scenario: string;
  title: string;
  request: ExchangeRequest;
  reply: Reply;
};

/** With the service's own key unless `headers` has another one. */
export type ExchangeRequest = {
  method: string;
  path: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
};

export type Reply = { status: number; headers: Record<string, string>; body: unknown };

/** Of a device that is another one each time; its last two digits tell it from the others. */
export const toDevice = (name: string): string => `${NOBODY}${name.padStart(12, '0')}`;

const NOBODY = '00000000-0000-4000-8000-';

/** Puts the devices of one run in the place of nobody's, and back. */
export const createDevices = (seed: string) => {
  const prefix = `${seed.replaceAll(/\D/g, '').padEnd(8, '1').slice(0, 8)}-0000-4000-8000-`;
  return {
    enter: (text: string): string => text.replaceAll(NOBODY, prefix),
    leave: (text: string): string => text.replaceAll(prefix, NOBODY),
  };
};

// Long texts are of one letter, and say no more than how long they are.
const RUN = /x{100,}/g;

export const toLines = (exchanges: Exchange[]): string =>
  exchanges.map((exchange) => `${pack(JSON.stringify(exchange))}\n`).join('');

export const fromLines = (text: string): Exchange[] =>
  text.split('\n').flatMap((line) => (line ? [JSON.parse(unpack(line))] : []));

const pack = (text: string): string => text.replaceAll(RUN, (run) => `«x × ${run.length}»`);

const unpack = (text: string): string =>
  text.replaceAll(/«x × (\d+)»/g, (_, length) => 'x'.repeat(Number(length)));
