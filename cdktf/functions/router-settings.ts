import { databaseNames } from '../../src/names/database-names.ts';
import type { Atlas } from '../database/atlas.ts';
import type { DatabaseUserProps } from '../database/database-user.ts';
import type { Environment } from '../environment/environments.ts';

const { database, eventsCollection, seriesCollection, keysCollection } = databaseNames;

type RouterProps = {
  readonly atlas: Atlas;
  readonly environment: Environment;
  /** SHA-256, in hex, of a key with every scope; empty for none. */
  readonly apiKeyHash: string;
};

/** What each function that runs the router has: its environment variables, and its rights in the database. */
export const toRouterSettings = ({ atlas, environment, apiKeyHash }: RouterProps) => {
  const { corsOrigins, keys } = environment.api;
  const { retentionDays, lateDays, notBefore, eventTypes } = environment.events;
  const { shards } = environment.cluster;
  const isScoped = keys === 'scoped';
  const rights: DatabaseUserProps['rights'] = [
    { roleName: 'readWrite', databaseName: database, collectionName: eventsCollection },
    { roleName: 'readWrite', databaseName: database, collectionName: seriesCollection },
    ...(isScoped
      ? [{ roleName: 'read', databaseName: database, collectionName: keysCollection }]
      : []),
  ];
  return {
    // Naming the shards makes a change of them publish a new version: a process of the old one would
    // write to the wrong shard (Atlas, "Convert a Replica Set to a Sharded Cluster").
    toDescription: (purpose: string): string =>
      `${purpose}${shards ? `, from ${shards} shards` : ''}`,
    variables: {
      MONGODB_URI: atlas.uri,
      CORS_ORIGINS: corsOrigins?.join(),
      RETENTION_DAYS: retentionDays?.toString(),
      LATE_DAYS: lateDays?.toString(),
      NOT_BEFORE: notBefore,
      EVENT_TYPES: eventTypes && JSON.stringify(eventTypes),
      API_KEYS: isScoped ? keys : undefined,
      PLAIN_KEY_HASH: isScoped ? apiKeyHash : undefined,
    },
    rights,
  };
};
