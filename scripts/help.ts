import { commands } from './command-line/commands.ts';
import { toRows } from './command-line/read-command.ts';

const rows = Object.entries(commands).map(([name, { summary }]): [string, string] => [
  name === 'start' ? 'npm start' : `npm run ${name}`,
  summary,
]);
console.log(`${toRows([['npm test', 'Runs the tests.'], ...rows])}

Each tells more with --help, such as npm run keys -- --help.`);
