/** Says which database cannot be used, and why. Of MONGODB_URI, its password is left out. */
export const toDatabaseFailure = (cause: unknown, uri: string): Error => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (!process.env.MONGODB_URI) return cause instanceof Error ? cause : new Error(reason);
  const named = uri.replace(/\/\/[^@/]*@/, '//***@');
  return new Error(`The database of MONGODB_URI, ${named}, cannot be used: ${reason}`, { cause });
};
