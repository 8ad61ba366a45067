import { commands } from '../command-line/commands.ts';
import { readCommand, refuse } from '../command-line/read-command.ts';
import { synthesise } from './synthesise.ts';
import { runTeardown } from './teardown/run-teardown.ts';
import { environmentNames, findEnvironment, reportFailure, toPlace } from './to-place.ts';

const {
  options: { yes },
  words: [name, ...others],
} = readCommand('destroy', commands.destroy);
const environment = findEnvironment(name);
if (!environment || others.length > 0)
  refuse('destroy', `Name one environment, ${environmentNames}`);
else if (yes !== undefined && yes !== name)
  refuse('destroy', `--yes names ${yes || 'nothing'}, not ${name}: nothing was deleted`);
else
  await reportFailure(async () => {
    await synthesise();
    await runTeardown({ ...toPlace(environment), agreed: yes === name });
    console.log(
      yes === name
        ? `Nothing of ${name} is left that costs money.`
        : `Nothing was deleted. npm run destroy -- ${name} --yes=${name} deletes all of this, with every event.`,
    );
  });
