import { createInterface } from 'node:readline/promises';
import type { Consent } from './deploy-stack.ts';

const REPLACE = /^--?yes-replace=/;
const APPROVE = /^--?auto-approve$/;

/** Divides the command line's options into those of `terraform plan`, and what the operator agrees to. */
export const parseOptions = (words: readonly string[]): { options: string[]; consent: Consent } => {
  const replace = words
    .filter((word) => REPLACE.test(word))
    .flatMap((word) => word.replace(REPLACE, '').split(','));
  const isApproved = words.some((word) => APPROVE.test(word));
  return {
    options: words.filter((word) => !REPLACE.test(word) && !APPROVE.test(word)),
    consent: { replace: new Set(replace), confirm: isApproved ? async () => true : ask },
  };
};

/** @throws if nobody can be asked */
async function ask(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Error(
      'Nothing was applied: nobody can be asked here. Agree to the plan with -auto-approve',
    );
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('Apply this plan? Only yes applies it: ');
  lines.close();
  return answer.trim() === 'yes';
}
