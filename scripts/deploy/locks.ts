import { commands } from '../command-line/commands.ts';
import { readCommand, toRows } from '../command-line/read-command.ts';
import { compareLocks } from './locks/compare-locks.ts';
import { synthesise } from './synthesise.ts';
import { LOCKS, reportFailure } from './to-place.ts';

const { options } = readCommand('locks', commands.locks);
await reportFailure(async () => {
  await synthesise();
  const { rows, take } = compareLocks({
    locks: LOCKS,
    stacks: 'cdktf.out/stacks',
    directory: 'cdktf.out/providers',
  });
  const toText = ({ locked, newest, isSame }: (typeof rows)[number]) =>
    isSame ? locked : `${locked} → ${newest}`;
  console.log(toRows(rows.map((row) => [row.name, toText(row)])));
  if (rows.every(({ isSame }) => isSame)) {
    console.log('\nWhat is locked is what the registries have.');
    return;
  }
  if (!options.take) {
    console.log('\nnpm run locks -- --take locks what the registries have.');
    return;
  }
  take();
  console.log(`\nLocked in ${LOCKS}/: commit it, then deploy. The image is built again.`);
});
