/** One process's peak resident set and its request's body, both in bytes, and how many events it stored. */
export type Peak = { rss: number; bodyBytes: number; created: number };
