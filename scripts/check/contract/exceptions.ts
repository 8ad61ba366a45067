/** A rule that the contract does not follow, and why. */
export type LintException = { linter: Linter; rule: string; reason: string };

export type Linter = 'redocly' | 'spectral' | 'growth' | 'description' | 'replies';

/** Every exception of every linter of the contract. `npm run check` reports those that are no longer needed. */
export const exceptions: LintException[] = [
  {
    linter: 'redocly',
    rule: 'no-server-example.com',
    reason:
      'The address of a deployment is known to its operator alone, and localhost is where the reader tries the API',
  },
  {
    linter: 'spectral',
    rule: 'info-contact',
    reason: 'Each operator deploys the API for their own clients, and is their contact',
  },
  {
    linter: 'replies',
    rule: 'endless-list: intervals',
    reason: 'The range of a summary and its interval, which the router checks, bound their number',
  },
  {
    linter: 'replies',
    rule: 'endless-list: eventTypes',
    reason: 'The registry is a part of the service, and `npm run generate` bounds its size',
  },
];

/** The rules that a linter skips. */
export const listSkippedRules = (linter: Linter): string[] =>
  exceptions.filter((exception) => exception.linter === linter).map(({ rule }) => rule);
