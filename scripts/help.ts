import { commands } from './command-line/commands.ts';
import type { Command } from './command-line/read-command.ts';
import { readCommand, refuse, toHelp, toRows } from './command-line/read-command.ts';

const [name, ...others] = readCommand('help', commands.help).words;
if (others.length > 0) refuse('help', `${others.join(' ')} is too much`);
if (name === undefined) console.log(listCommands());
else if (isCommand(name)) console.log(toHelp(name, commands[name] satisfies Command));
else {
  console.error(`✖ There is no command ${name}: npm run help lists them`);
  process.exitCode = 2;
}

function listCommands(): string {
  const rows = Object.entries(commands).map(([command, { summary }]): [string, string] => [
    command === 'start' ? 'npm start' : `npm run ${command}`,
    summary,
  ]);
  return `${toRows([['npm test', 'Runs the tests.'], ...rows])}

Each tells more with --help, such as npm run keys -- --help.`;
}

function isCommand(text: string): text is keyof typeof commands {
  return Object.hasOwn(commands, text);
}
