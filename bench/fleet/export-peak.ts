/** What an export cost; times in milliseconds from the request, memory in bytes. */
export type ExportPeak = {
  lines: number;
  bytes: number;
  firstByteMs: number;
  totalMs: number;
  rss: number;
  rssBefore: number;
};
