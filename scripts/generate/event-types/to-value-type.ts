import type { EventType, ValueSchema } from '../../../openapi/registry.ts';

/** Writes a schema as a type of TypeScript. */
export const toValueType = (schema: ValueSchema): string => {
  switch (schema.type) {
    case 'null':
    case 'boolean':
    case 'number':
      return schema.type;
    case 'integer':
      return 'number';
    case 'string':
      return schema.enum?.map((text) => JSON.stringify(text)).join(' | ') ?? 'string';
    case 'array':
      return `Array<${schema.items ? toValueType(schema.items) : 'unknown'}>`;
    case 'object':
      return toObjectType(schema);
    default:
      return 'unknown';
  }
};

function toObjectType({ properties = {}, required = [], ...rest }: ValueSchema): string {
  const members = Object.entries(properties).map(([name, member]) => {
    const mark = required.includes(name) ? '' : '?';
    return `${toComment(member)}${JSON.stringify(name)}${mark}: ${toValueType(member)}`;
  });
  if (rest.additionalProperties) members.push('[member: string]: unknown');
  return members.length === 0 ? 'Record<string, never>' : `{ ${members.join('; ')} }`;
}

/** What a reader of the type sees: title and unit, and whether the type ends. */
export const toComment = (schema: Described & ValueSchema): string => {
  const unit = schema.unit ?? schema['x-unit'];
  const name = [schema.title, unit && `in ${unit}`].filter(Boolean).join(', ');
  const { deprecation } = schema;
  const words = deprecation ? `${name}. @deprecated ${toNotice(deprecation)}` : name;
  return words === '' ? '' : `/** ${words.replaceAll('*/', '* /')} */ `;
};

type Described = Pick<Partial<EventType>, 'title' | 'unit' | 'deprecation'>;

/** When a deprecated type ends, and what to do. */
export const toNotice = ({ since, sunset, link }: NonNullable<EventType['deprecation']>): string =>
  `since ${since}, described until ${sunset}: ${link}`;
