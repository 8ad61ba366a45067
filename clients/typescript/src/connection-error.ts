/**
 * No complete response of the API arrived: the connection failed or timed out, or something other than the API
 * answered. The request may or may not have been carried out. `cause` holds the underlying error, if there is one.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}
