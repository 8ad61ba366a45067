import { spawnSync } from 'node:child_process';
import { hasCompiler } from '../clients/c/compiler.ts';

/** A language whose samples are run, and whether this machine can run them. */
export type RunnableLanguage = { label: string; isHere: boolean };

const hasLibcurl = hasCompiler && works('gcc', ['-E', '-'], '#include <curl/curl.h>\n');

export const RUNNABLE: RunnableLanguage[] = [
  { label: 'curl', isHere: isHere('curl', works('curl', ['--version']), 'curl') },
  { label: 'TypeScript', isHere: true },
  { label: 'Python', isHere: isHere('python3', works('python3', ['--version']), 'python3') },
  { label: 'C', isHere: isHere('gcc with libcurl', hasLibcurl, 'gcc libcurl4-openssl-dev') },
];

/** Warns that the samples are skipped; throws in CI. */
function isHere(name: string, here: boolean, packages: string): boolean {
  if (here) return true;
  const message = `No ${name}: its code samples are not tried (apt-get install ${packages})`;
  if (process.env.CI) throw new Error(message);
  console.warn(message);
  return false;
}

function works(program: string, args: string[], input = ''): boolean {
  return spawnSync(program, args, { input }).status === 0;
}
