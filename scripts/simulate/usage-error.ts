/** What the person at the keyboard can mend; its message is all that they need to see. */
export class UsageError extends Error {
  override name = 'UsageError';
}
