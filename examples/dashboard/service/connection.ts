/** An API and the key to send to it. */
export type Connection = { url: string; key: string };

const NAME = 'connection';

/**
 * The connection, stored for this tab only. The URL is stored with the key and is not part of the link: a link from
 * somebody else must not send the key to another server.
 */
export const storedConnection = {
  read(): Connection | undefined {
    const text = sessionStorage.getItem(NAME);
    return text === null ? undefined : JSON.parse(text);
  },
  write: (connection: Connection): void => sessionStorage.setItem(NAME, JSON.stringify(connection)),
};
