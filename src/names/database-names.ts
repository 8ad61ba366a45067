/** The database of a deployment and of the local service, and the collections of any. */
export const databaseNames = {
  database: 'events',
  eventsCollection: 'events',
  keysCollection: 'keys',
} as const;
