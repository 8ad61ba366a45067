import { readdirSync, readFileSync } from 'node:fs';
import { commands } from './command-line/commands.ts';
import { readCommand, toRows } from './command-line/read-command.ts';
import { synthesise } from './deploy/synthesise.ts';
import { reportFailure } from './deploy/to-place.ts';

const STACKS = 'cdktf.out/stacks';

readCommand('synth', commands.synth);
await reportFailure(async () => {
  await synthesise();
  const rows = readdirSync(STACKS).map((environment): [string, string] => {
    const path = `${STACKS}/${environment}/cdk.tf.json`;
    const { resource } = JSON.parse(readFileSync(path, 'utf8'));
    const resources = Object.values<object>(resource).flatMap((named) => Object.keys(named));
    return [path, `${resources.length} resources`];
  });
  console.log(`${toRows(rows)}\n\nnpm run deploy -- <environment> creates them.`);
});
