import { createInterface } from 'node:readline/promises';

/**
 * Asks the operator whether to apply the plan that was shown.
 * @throws if nobody can be asked
 */
export const ask = async (): Promise<boolean> => {
  if (!process.stdin.isTTY) {
    throw new Error('Nothing was applied: nobody can be asked here. Agree to the plan with --yes');
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('Apply this plan? Only yes applies it: ');
  lines.close();
  return answer.trim() === 'yes';
};
