/** The API, and the key that it may see. */
export type Connection = { url: string; key: string };

const NAME = 'connection';

/**
 * Kept for this tab alone. The address is kept beside the key, and not in the link: a link from somebody
 * else must not send the key elsewhere.
 */
export const storedConnection = {
  read(): Connection | undefined {
    const text = sessionStorage.getItem(NAME);
    return text === null ? undefined : JSON.parse(text);
  },
  write: (connection: Connection): void => sessionStorage.setItem(NAME, JSON.stringify(connection)),
};
