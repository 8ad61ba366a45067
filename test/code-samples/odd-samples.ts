import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Contract } from '../../openapi/contract.ts';
import { toSampleFiles } from '../../scripts/docs/to-sample-files.ts';
import { BATCH, EVENT } from './api.ts';

// Characters with a meaning in shells, preprocessors, URLs or the languages.
const ODD = `it's "°C" \\ $HOME ??/ a+b & 100% \`x\``;
const VALUE = {
  text: `${ODD}\n\t/* */`,
  none: null,
  true: [false, -1.5, {}, [], 'null,'],
};

/** An event whose text needs escaping in every language. */
export const ODD_EVENT = { ...EVENT, eventType: ODD, value: VALUE };
/** One event for each kind of value. */
export const ODD_BATCH = [true, 21.5, -3, ODD, VALUE, null].map((value, index) => ({
  date: EVENT.date,
  deviceID: EVENT.deviceID,
  eventType: `kind ${index}`,
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
  Object.assign(eventType ?? {}, { example: ODD });
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-odd-'));
  for (const [name, source] of toSampleFiles(odd)) writeFileSync(join(directory, name), source);
  return directory;
};
