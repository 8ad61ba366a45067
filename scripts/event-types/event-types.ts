import { writeFileSync } from 'node:fs';
import { createClient } from '../../clients/typescript/src/index.ts';
import { commands } from '../command-line/commands.ts';
import { readCommand, refuse } from '../command-line/read-command.ts';
import { readRegistry } from '../generate/event-types/read-registry.ts';
import { toClientTypes } from '../generate/event-types/to-client-types.ts';
import { readServiceFacts } from '../local/service-facts.ts';
import { checkStored, toCheckText } from './check-stored.ts';
import { draftType } from './draft-type.ts';
import { EVENT_TYPES } from './list-type-releases.ts';
import type { Bounds } from './read-stored.ts';
import { readStored } from './read-stored.ts';
import { releaseTypes } from './release-types.ts';

const { options, words } = readCommand('event-types', commands['event-types']);
const [command, argument = '', ...others] = words;
const LEVELS = ['patch', 'minor', 'major'] as const;
const given = { check: undefined, infer: 'an event type', types: 'a file', release: 'a level' };
if (!command) refuse('event-types', 'Say what to do: check, infer, types or release');
else if (!Object.hasOwn(given, command)) refuse('event-types', `There is no command ${command}`);
const needed = given[command as keyof typeof given];
const excess = needed ? others : words.slice(1);
if (excess.length > 0) refuse('event-types', `${excess.join(' ')} is too much`);
if (needed && !argument) refuse('event-types', `${command} needs ${needed}`);
const bounds = toBounds();
try {
  if (command === 'check') await check();
  else if (command === 'infer') await infer(argument);
  else if (command === 'types') writeTypes(argument);
  else console.log(release());
} catch (error) {
  console.error(`✖ ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function check(): Promise<void> {
  const reports = await checkStored(readStored(connect(), bounds));
  console.log(reports.length > 0 ? toCheckText(reports) : 'There are no events');
  if (reports.some(({ mismatches }) => mismatches > 0)) process.exitCode = 1;
}

async function infer(eventType: string): Promise<void> {
  const path = await draftType(eventType, readStored(connect(), bounds, eventType));
  console.log(`${path}: edit it, then run npm run generate`);
}

function writeTypes(file: string): void {
  const rule = options['refuse-unknown'] ? 'refuse' : 'accept';
  const { eventTypes } = readRegistry(EVENT_TYPES);
  writeFileSync(file, toClientTypes(eventTypes, rule));
  console.log(`${EVENT_TYPES} → ${file}`);
}

function release(): string {
  const level = LEVELS.find((each) => each === argument);
  if (!level) return refuse('event-types', `release takes one of ${LEVELS.join(', ')}`);
  if (!options.notes) return refuse('event-types', 'release needs --notes');
  const version = releaseTypes(level, options.notes, new Date());
  return `The event types are ${version}: run npm run generate, and commit`;
}

function connect() {
  const facts = readServiceFacts(process.env.DATA_DIR || '.data');
  const baseUrl = options.url ?? facts?.url;
  const apiKey = options.key ?? process.env.API_KEY ?? facts?.apiKey;
  if (!baseUrl || !apiKey)
    throw new Error('No local service is running: run npm start, or give --url and --key');
  return createClient({ baseUrl, apiKey });
}

function toBounds(): Bounds {
  const { devices = '1000', events = '100' } = options;
  const toNumber = (name: string, text: string, most: number): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    return refuse('event-types', `--${name} must be a number from 1 to ${most}`);
  };
  return {
    devices: toNumber('devices', devices, 1_000_000),
    events: toNumber('events', events, 10_000),
  };
}
