export type Kind = 'valid POST' | 'invalid POST' | 'GET';

/** Asks a process of serve-rounds.ts for one round of that many milliseconds. */
export type Order = { kind: Kind; ms: number };

/** The reply to an order: microseconds per request. At its start a process reports its wrong answers instead. */
export type Report = { findings: string[] } | { micros: number };
