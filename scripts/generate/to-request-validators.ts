import type { OpenAPIV3 } from 'openapi-types';
import { compileValidators } from './compile-validators.ts';
import { collectRequestSchemas } from './request-schemas.ts';
import { withRules } from './with-rules.ts';
import { withoutItems } from './without-items.ts';

/** Generates the module of request validators, in the shape that openapi-backend expects. */
export const toRequestValidators = async (contract: OpenAPIV3.Document): Promise<string> => {
  const requests = Object.entries(await collectRequestSchemas(withRules(withoutItems(contract))));
  const bodies = toNamed(requests.map(([id, { body }]) => [id, body[0]]));
  const parameters = toNamed(requests.map(([id, { parameters }]) => [id, parameters[0]]));
  const items = toNamed(requests.map(([id, { body }]) => [id, toItemSchema(body[0])]));
  const reportAll = { allErrors: true, verbose: true };
  const sets = {
    bodies: { schemas: bodies, options: reportAll },
    // The router itself turns integers from text: Ajv would also take `1e3` and `0x10`.
    parameters: { schemas: parameters, options: reportAll },
    items: { schemas: items, options: reportAll },
  };
  return await compileValidators(
    sets,
    `
    ${Object.keys(sets)
      .map((name) => `import * as ${name} from 'validators:${name}';`)
      .join('\n')}
    export const requestValidators = {
      ${requests.map(([id]) => `${id}: [${id in bodies ? `bodies.${id},` : ''} parameters.${id}]`).join(',')}
    };
    export const itemValidators = { ${Object.keys(items)
      .map((id) => `${id}: items.${id}`)
      .join(',')} };
  `,
  );
};

type Schema = { properties?: Record<string, Schema>; 'x-items'?: object };

/** The schema of the items that the router validates one by one. */
const toItemSchema = (body: Schema | undefined): object | undefined => {
  const members = Object.values(body?.properties?.requestBody?.properties ?? {});
  const items = members.find((member) => 'x-items' in member)?.['x-items'];
  return items ? { properties: { requestBody: items } } : undefined;
};

const toNamed = (entries: [string, object | undefined][]): Record<string, object> =>
  Object.fromEntries(entries.filter((entry): entry is [string, object] => entry[1] !== undefined));
