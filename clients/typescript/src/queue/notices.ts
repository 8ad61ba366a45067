import type { EventResult, NewEvent } from '../contract/api-types.ts';
import type { ProblemError } from '../problem-error.ts';
import type { DropReason } from './event-buffer.ts';

/** What a queue tells the application. A callback may be asynchronous; if it fails, `onError` gets its error. */
export type Listeners = {
  /** Called for each event that the service has stored, with its outcome: `created` or `duplicate`. */
  onStored?(event: NewEvent, result: EventResult): unknown;
  /** Called for each event that leaves the queue and is not stored, as far as is known; by default, writes to the console. */
  onDropped?(event: NewEvent, reason: DropReason): unknown;
  /** Called for each event that the service rejects, or that JSON cannot hold; by default, writes to the console. */
  onRejected?(event: NewEvent, error: ProblemError): unknown;
  /** Called when a scheduled flush, the store or a callback fails; by default, writes to the console. */
  onError?(error: unknown): unknown;
};

/** Tells the application; never throws. */
export type Notices = { [Name in keyof Listeners]-?: (...args: NoticeOf<Name>) => void };

type NoticeOf<Name extends keyof Listeners> = Parameters<NonNullable<Listeners[Name]>>;

export const createNotices = (listeners: Listeners): Notices => {
  const onError = (error: unknown): void =>
    run(() => (listeners.onError ?? DEFAULTS.onError).call(listeners, error), DEFAULTS.onError);
  return {
    onError,
    onStored: (...args) => run(() => listeners.onStored?.(...args), onError),
    onDropped: (...args) =>
      run(() => (listeners.onDropped ?? DEFAULTS.onDropped).apply(listeners, args), onError),
    onRejected: (...args) =>
      run(() => (listeners.onRejected ?? DEFAULTS.onRejected).apply(listeners, args), onError),
  };
};

/** Runs a callback; one that fails must not keep others from theirs. */
function run(call: () => unknown, onError: (error: unknown) => void): void {
  try {
    Promise.resolve(call()).catch(onError);
  } catch (error) {
    onError(error);
  }
}

const DEFAULTS = {
  onDropped: (event: NewEvent, reason: DropReason): void =>
    console.error(`The queue dropped an event: ${reason}`, event),
  onRejected: (event: NewEvent, error: ProblemError): void =>
    console.error(`An event was rejected: ${error.message}`, event),
  onError: (error: unknown): void => console.error(`The event queue: ${error}`),
};
