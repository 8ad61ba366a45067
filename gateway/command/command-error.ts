/** An error of the user's; the message is all they need, in one line. */
export class CommandError extends Error {
  override name = 'CommandError';
}
