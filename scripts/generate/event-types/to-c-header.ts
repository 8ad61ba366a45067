import type { EventType } from '../../../openapi/registry.ts';
import { toNotice } from './to-value-type.ts';

/** The name of a type in macros: `TEMP_CELSIUS` for `temp_celsius`, `A_B` for `a/b`. */
export const toMacroName = (eventType: string): string =>
  eventType.replace(/[^A-Za-z0-9]/g, '_').toUpperCase();

/** Writes the header for the C client: names, units, and a function for each type that has one value. */
export const toCHeader = (types: EventType[], version: string): string => `/*
 * The event types ${version}, for the C client. Include it after iot_events.h. The functions keep nothing and
 * take no memory: each returns an event for iot_events_add(), without a date and without an id.
 */
#ifndef IOT_EVENT_TYPES_H
#define IOT_EVENT_TYPES_H

#include "iot_events.h"

#ifdef __cplusplus
extern "C" {
#endif

${types.some(hasDeprecatedFunction) ? `${DEPRECATED}\n` : ''}${types.map(toEntry).join('\n')}
#ifdef __cplusplus
}
#endif

#endif
`;

function toEntry(type: EventType): string {
  const { eventType, title, unit, deprecation } = type;
  const end = deprecation ? `. Deprecated ${toNotice(deprecation)}` : '.';
  const name = toMacroName(eventType);
  const lines = [
    `/* ${toComment(`${title}${unit === undefined ? '' : `, in ${unit}`}${end}`)} */`,
    `#define IOT_EVENT_${name} ${toText(eventType)}`,
    ...(unit === undefined ? [] : [`#define IOT_EVENT_${name}_UNIT ${toText(unit)}`]),
    ...toFunction(type, name),
  ];
  return `${lines.join('\n')}\n`;
}

const toComment = (text: string): string => text.replaceAll('*/', '* /').replaceAll('/*', '/ *');

const toText = (text: string): string => `"${text.replace(/["\\?]/g, '\\$&')}"`;

const hasDeprecatedFunction = ({ deprecated, schema }: EventType): boolean =>
  Boolean(deprecated && SETTERS[schema.type ?? '']);

const DEPRECATED = `/* Before a function of a type that ends. A build that takes warnings for errors may define it as nothing. */
#ifndef IOT_EVENTS_DEPRECATED
#if defined(__GNUC__) || defined(__clang__)
#define IOT_EVENTS_DEPRECATED __attribute__((deprecated))
#else
#define IOT_EVENTS_DEPRECATED
#endif
#endif
`;

type Setter = { parameters: string; value: string; isDouble?: boolean };

const SETTERS: Record<string, Setter | undefined> = {
  null: { parameters: 'void', value: 'iot_events_null()' },
  boolean: { parameters: 'bool value', value: 'iot_events_bool(value)' },
  integer: { parameters: 'int64_t value', value: 'iot_events_integer(value)' },
  number: {
    parameters: 'double value, unsigned decimals',
    value: 'iot_events_double(value, decimals)',
    isDouble: true,
  },
  string: { parameters: 'const char *value', value: 'iot_events_string(value)' },
};

function toFunction({ schema, deprecated }: EventType, name: string): string[] {
  const setter = SETTERS[schema.type ?? ''];
  if (!setter) return ['/* Its value is JSON: iot_events_event_of() with iot_events_json(). */'];
  const { parameters, value, isDouble } = setter;
  const lines = [
    ...(deprecated ? ['IOT_EVENTS_DEPRECATED'] : []),
    `static inline iot_events_event iot_event_${name.toLowerCase()}(${parameters}) {`,
    `  return iot_events_event_of(IOT_EVENT_${name}, ${value});`,
    '}',
  ];
  return isDouble ? ['#ifndef IOT_EVENTS_NO_DOUBLE', ...lines, '#endif'] : lines;
}
