import type { OpenAPIV3 } from 'openapi-types';
import type { Deprecation } from '../../openapi/deprecation.ts';
import { listDeprecations } from '../../openapi/deprecation.ts';

// A device that cannot be updated is replaced, and that takes years, not months.
const MONTHS = 24;

/** What would leave those who use a deprecated operation without notice, in words. */
export const findDeprecationFaults = (contract: OpenAPIV3.Document): string[] =>
  listDeprecations(contract).flatMap(({ name, operation: { deprecated }, deprecation }) => {
    if (!deprecated && !deprecation) return [];
    const faults =
      deprecated && deprecation
        ? findFaults(deprecation)
        : [
            'deprecated and x-deprecation come together: a client is told since when, and until when',
          ];
    return faults.map((fault) => `${name}: ${fault}`);
  });

function findFaults({ since, sunset, link }: Deprecation): string[] {
  const noDay = Object.entries({ since, sunset }).filter(([, day]) => !isDay(day));
  if (noDay.length > 0) return noDay.map(([key]) => `${key} is no day, as YYYY-MM-DD`);
  const earliest = new Date(since);
  earliest.setUTCMonth(earliest.getUTCMonth() + MONTHS);
  return [
    ...(new Date(sunset) < earliest
      ? [`sunset is less than ${MONTHS} months after since: devices cannot be changed that fast`]
      : []),
    ...(isAddress(link) ? [] : ['link is no https:// address of a page that tells what to do']),
  ];
}

const isDay = (day: unknown): boolean => {
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(`${day}T`);
};

// No character that would end the target in the header `Link` (RFC 8288, section 3).
const isAddress = (link: unknown): boolean =>
  /^https:\/\/[^\s<>"]+$/.test(String(link)) && URL.canParse(String(link));
