/** Connections that one node of an Atlas cluster takes (Atlas, "Connection limits"), smallest first. */
const CONNECTIONS = { M10: 1500, M20: 1500, M30: 3000, M40: 6000, M50: 16_000 } as const;

/** Sizes of Atlas clusters; PrivateLink needs M10 or larger. */
export type Tier = keyof typeof CONNECTIONS;

export const tiers = Object.keys(CONNECTIONS) as Tier[];

// The rest is for Atlas itself, the migration, and whoever looks in.
const SHARE = 0.8;
// maxPoolSize in src/database.ts, and the driver's own that watches the node.
const PER_PROCESS = 2 + 1;

/** How many processes a cluster can serve: Lambda runs each concurrent call in one of its own. */
export const processesOf = (tier: Tier): number =>
  Math.floor((CONNECTIONS[tier] * SHARE) / PER_PROCESS);
