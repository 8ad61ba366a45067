import type { EventType } from '../../../openapi/registry.ts';
import { toComment, toValueType } from './to-value-type.ts';

/** What the project decides on event types that the registry does not have. */
export type UnknownTypes = 'accept' | 'refuse';

/**
 * Writes the module by which an application tells the TypeScript client its event types: it merges them into the
 * client's `EventValues`.
 */
export const toClientTypes = (types: EventType[], unknownTypes: UnknownTypes): string => {
  const members = types.map(
    (type) =>
      `    ${toComment(type)}${JSON.stringify(type.eventType)}: ${toValueType(type.schema)};`,
  );
  const rules =
    unknownTypes === 'refuse' ? ["  interface EventRules {\n    unknownTypes: 'refuse';\n  }"] : [];
  const values = ['  interface EventValues {', ...members, '  }'].join('\n');
  return `import '@iot-events/client';

declare module '@iot-events/client' {
${[values, ...rules].join('\n')}
}
`;
};
