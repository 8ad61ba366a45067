/** What becomes of an event whose value does not match its type: it is stored with a warning, or refused. */
export type Mismatch = 'observe' | 'refuse';

/** What becomes of events that the registry of event types does not describe. */
export type EventTypePolicy = {
  /** For every type of the registry that `types` does not name; `observe` by default. */
  readonly mismatches?: Mismatch;
  /** By event type. */
  readonly types?: { readonly [eventType: string]: Mismatch };
  /** For types that the registry does not have; `accept` by default. */
  readonly unknownTypes?: 'accept' | 'refuse';
};
