/** The database of a deployment and of the local service, and the collections of any. */
export const databaseNames = {
  database: 'events',
  eventsCollection: 'events',
  seriesCollection: 'series',
  keysCollection: 'keys',
  slotsCollection: 'streamSlots',
} as const;
