/**
 * Says which database cannot be used, and why. Of MONGODB_URI, it shows neither the user and password nor the
 * options, which may have passwords, too.
 */
export const toDatabaseFailure = (cause: unknown, uri: string): Error => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (!process.env.MONGODB_URI) return cause instanceof Error ? cause : new Error(reason);
  // Up to the last @: a password that is not percent-encoded may have one.
  const named = uri.replace(/\/\/.*@/s, '//***@').replace(/\?.*/s, '');
  const advice = UNREADABLE.test(reason)
    ? ' (percent-encode its user name and password: @ is %40, / is %2F, : is %3A, % is %25)'
    : '';
  const message = `The database of MONGODB_URI, ${named}, cannot be used: ${reason}${advice}`;
  return new Error(message, { cause });
};

/** The driver's words for a connection string that it cannot parse. */
const UNREADABLE = /unescaped characters|URI malformed|Invalid connection string/;
