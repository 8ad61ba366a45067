import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';
import { readServiceFacts } from './local/service-facts.ts';
import { toFactLines } from './local/to-welcome.ts';

readCommand('status', commands.status);
const directory = process.env.DATA_DIR || '.data';
const facts = readServiceFacts(directory);
if (facts && (await isServing(facts.url))) {
  console.log(`The API is at ${facts.url}, as process ${facts.pid}\n${toFactLines(facts)}`);
} else {
  console.error(`✖ Nothing runs with its data in ${directory}: start it with npm start`);
  process.exitCode = 1;
}

/** After a kill the facts are still there. */
async function isServing(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
