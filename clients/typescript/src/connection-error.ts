/** No reply of the API came, or not all of one: what was sent may have arrived or not. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}
