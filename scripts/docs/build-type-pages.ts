import type { ListedEventType, Registry } from '../../openapi/registry.ts';
import { toMarkdownTable } from '../shared/to-markdown-table.ts';

/** A page of Markdown, as those in docs/site/ are. */
type Page = { name: string; markdown: string };

/** The pages of the event types, one each. */
export const buildTypePages = ({ eventTypes }: Registry): Page[] =>
  eventTypes.map((type) => ({
    name: `event-types/${toSlug(type.eventType)}.md`,
    markdown: toMarkdown(type),
  }));

/** Lists the event types, with links to their pages. */
export const toTypeTable = ({ eventTypes }: Registry): string => {
  if (eventTypes.length === 0) return 'The operator of this service describes none.';
  const rows = eventTypes.map(({ eventType, title, unit = '' }) => [
    `[\`${eventType}\`](event-types/${toSlug(eventType)}.md)`,
    toText(title),
    unit && `\`${unit}\``,
  ]);
  return toMarkdownTable([['event type', 'title', 'unit'], ...rows]);
};

/** No two types differ in other characters alone: they would have the same name in C. */
const toSlug = (eventType: string): string => eventType.replace(/[^A-Za-z0-9]/g, '-').toLowerCase();

function toMarkdown(type: ListedEventType): string {
  const { eventType, title, description, schema, exampleValues, deprecation } = type;
  const event = { eventType, value: exampleValues[0] };
  return [
    `# ${toText(title)}`,
    `Event type \`${eventType}\` · [all event types](../event-types.md)`,
    ...(deprecation
      ? [
          `**Deprecated since ${deprecation.since}; described at least until ${deprecation.sunset}**: [what to do](${deprecation.link}).`,
        ]
      : []),
    toText(description),
    ...(type.numbers.length > 0 ? ['## Numbers', toNumberTable(type)] : []),
    '## Examples',
    toCode([event, ...exampleValues.slice(1).map((value) => ({ eventType, value }))]),
    '## Schema of the value',
    toCode([schema]),
    '',
  ].join('\n\n');
}

const toNumberTable = ({ numbers }: ListedEventType): string =>
  toMarkdownTable([
    ['number', 'unit', '`pointer` of a summary'],
    ...numbers.map(({ pointer, title, unit = '' }) => [
      toText(title),
      unit && `\`${unit}\``,
      pointer === '' ? 'none: the value itself' : `\`${pointer}\``,
    ]),
  ]);

const toCode = (values: unknown[]): string =>
  [
    '```json',
    ...values.map((value) => JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ')),
    '```',
  ].join('\n');

/** Text of the operator's, of which nothing is markup. */
const toText = (text: string): string => text.replace(/[\\`*_{}[\]<>#|&~]/g, '\\$&');
