/** Settings of a local service whose own limits are not what is looked at. */
export const UNLIMITED = {
  keys: 'scoped',
  rate: 1_000_000,
  burst: 1_000_000,
  quota: { limit: 1_000_000_000, period: 'DAY' },
} as const;
