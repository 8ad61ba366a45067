/** Settings without rate limits or quota, for tests and simulations. */
export const UNLIMITED = {
  keys: 'scoped',
  rate: 1_000_000,
  burst: 1_000_000,
  quota: { limit: 1_000_000_000, period: 'DAY' },
} as const;
