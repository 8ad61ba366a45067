/**
 * Replaces `@aws-sdk/credential-providers`, of which the driver needs this alone, in the bundle: Lambda puts the
 * keys of the function's role into the environment, for the life of the process.
 */
export const fromNodeProviderChain = () => async () => ({
  accessKeyId: read('AWS_ACCESS_KEY_ID'),
  secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
  sessionToken: read('AWS_SESSION_TOKEN'),
});

function read(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set: the database user is the function's role`);
}
