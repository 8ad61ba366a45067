// Hosts have no slash: the path of a socket is percent-encoded.
const NAMED = /^[^:]+:\/\/[^/?]+\/[^?]/;

/**
 * Returns the connection string of MONGODB_URI, whose path names the database, whatever its name.
 * @throws if it is not set, or names none: MongoDB's drivers would take the database `test`
 */
export const toNamedUri = (uri: string | undefined): string => {
  if (!uri) throw new Error('MONGODB_URI is not set: it is the connection string of the cluster');
  if (!/^mongodb(\+srv)?:\/\//.test(uri)) {
    throw new Error('MONGODB_URI must begin with mongodb:// or mongodb+srv://');
  }
  if (NAMED.test(uri)) return uri;
  throw new Error(
    'MONGODB_URI names no database: add its name to the path, as in mongodb://127.0.0.1:27017/events',
  );
};
