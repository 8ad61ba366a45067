/** The default database and its collections. */
export const databaseNames = {
  database: 'events',
  eventsCollection: 'events',
  keysCollection: 'keys',
} as const;
