import { attempt } from '../tools/run.ts';

/** What AWS answers to a question in a region, or the last lines of what it complained about. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of AWS, which each caller reads with care
export const askAws = (region: string, ...words: string[]): { answer: any } | { fault: string } => {
  const asked = attempt('aws', ...words, '--region', region, '--output', 'json');
  return 'fault' in asked ? asked : { answer: JSON.parse(asked.output) };
};
