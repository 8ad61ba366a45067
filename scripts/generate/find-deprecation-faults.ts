import type { OpenAPIV3 } from 'openapi-types';
import type { Deprecation } from '../../openapi/deprecation.ts';
import { listDeprecations } from '../../openapi/deprecation.ts';

// Devices that cannot be updated have to be replaced, which takes years.
const MONTHS = 24;

/** Finds deprecated operations whose clients would get no, or too little, notice. */
export const findDeprecationFaults = (contract: OpenAPIV3.Document): string[] =>
  listDeprecations(contract).flatMap(({ name, operation: { deprecated }, deprecation }) => {
    if (!deprecated && !deprecation) return [];
    const faults =
      deprecated && deprecation
        ? findNoticeFaults(deprecation)
        : ['deprecated and x-deprecation come together: clients need both dates'];
    return faults.map((fault) => `${name}: ${fault}`);
  });

/** Finds what is wrong with the dates and the page of a deprecation. */
export function findNoticeFaults({ since, sunset, link }: Deprecation): string[] {
  const noDay = Object.entries({ since, sunset }).filter(([, day]) => !isDay(day));
  if (noDay.length > 0) return noDay.map(([key]) => `${key} is no day: it must be YYYY-MM-DD`);
  const earliest = new Date(since);
  earliest.setUTCMonth(earliest.getUTCMonth() + MONTHS);
  return [
    ...(new Date(sunset) < earliest
      ? [`sunset is less than ${MONTHS} months after since: devices cannot be replaced that fast`]
      : []),
    ...(isAddress(link) ? [] : ['link is no https:// URL of a page that explains what to do']),
  ];
}

const isDay = (day: unknown): boolean => {
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(`${day}T`);
};

// Without characters that would end the target in the `Link` header (RFC 8288, section 3).
const isAddress = (link: unknown): boolean =>
  /^https:\/\/[^\s<>"]+$/.test(String(link)) && URL.canParse(String(link));
