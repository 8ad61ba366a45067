import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Contract } from '../../openapi/contract.ts';
import { toParameters } from '../../openapi/to-parameters.ts';
import { toSampleFiles } from '../../scripts/docs/to-sample-files.ts';
import { BATCH, EVENT } from './api.ts';

// Characters with a meaning in shells, preprocessors, URLs or the languages.
const ODD = `it's "°C" \\ $HOME ??/ a+b & 100% \`x\``;
const VALUE = {
  text: `${ODD}\n\t/* */`,
  none: null,
  true: [false, -1.5, {}, [], 'null,'],
};

const ODD_TYPE = 'a-b:c./_d';

/** An event whose text needs escaping in every language. */
export const ODD_EVENT = { ...EVENT, eventType: ODD_TYPE, value: VALUE };
/** One event for each kind of value. */
export const ODD_BATCH = [true, 21.5, -3, ODD, VALUE, null].map((value, index) => ({
  date: EVENT.date,
  deviceID: EVENT.deviceID,
  eventType: `kind-${index}`,
  value,
}));

/** Writes the samples of a contract with odd examples; returns their directory. */
export const writeOddSamples = (): string => {
  // The batch first, since it contains the event.
  const text = JSON.stringify(contract)
    .replaceAll(JSON.stringify(BATCH), JSON.stringify(ODD_BATCH))
    .replaceAll(JSON.stringify(EVENT), JSON.stringify(ODD_EVENT));
  const odd = JSON.parse(text) as Contract;
  const eventType = odd.components?.schemas?.EventType;
  Object.assign(eventType ?? {}, { example: ODD_TYPE });
  // The `+` of an offset means a space in a query.
  const [date] = toParameters(odd, odd.paths['/events']?.get ?? { responses: {} }).filter(
    ({ name }) => name === 'date',
  );
  Object.assign(date ?? {}, { example: '2026-05-06T01:00:00+12:00' });
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-odd-'));
  for (const [name, source] of toSampleFiles(odd)) writeFileSync(join(directory, name), source);
  return directory;
};
