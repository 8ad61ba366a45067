/** The values of an operation's `x-stream`: each has a function of its own, since neither may take the other's place. */
export const STREAM_KINDS = ['export', 'live'] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];
