import type { Api, Integration } from '../../document/api.ts';
import { toFunctionName } from '../../function-uri.ts';
import type { LambdaFunction } from '../function/lambda-function.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import type { Reason } from './document-refused.ts';

/** The function of an integration, and the URI by which it is called. */
export type FoundFunction = { run: LambdaFunction; uri: string };

/** Finds the function of each integration that calls one; a reason for each that was not given. */
export const findFunctions = (
  { methods }: Api,
  { functions = {}, stage }: Pick<GatewaySettings, 'functions' | 'stage'>,
): { found: Map<Integration, FoundFunction>; missing: Reason[] } => {
  const found = new Map<Integration, FoundFunction>();
  const missing: Reason[] = [];
  const refuse = ({ place }: Integration, message: string): void => {
    missing.push({ place: `${place}/uri`, message });
  };
  for (const { integration } of methods) {
    if (integration?.type !== 'aws_proxy') continue;
    const { uri: template = '' } = integration;
    const { uri, unknown } = replaceVariables(template, stage.variables ?? {});
    if (unknown) {
      refuse(integration, `needs the stage variable ${unknown}: AWS would answer 500; set it`);
      continue;
    }
    const name = toFunctionName(uri);
    // An address of another service is another reason.
    if (name === undefined) continue;
    const run = typeof functions === 'function' ? functions : getOwn(functions, name);
    if (run) found.set(integration, { run, uri });
    else
      refuse(integration, `calls the function ${name}, which was not given: give it by its name`);
  }
  return { found, missing };
};

/** Replaces the stage variables of a URI (fact 97). */
const replaceVariables = (template: string, variables: Record<string, string>) => {
  let unknown: string | undefined;
  const uri = template.replace(/\$\{stageVariables\.([^}]*)\}/g, (_, name: string) => {
    const value = getOwn(variables, name);
    if (value === undefined) unknown ??= name;
    return value ?? '';
  });
  return { uri, unknown };
};

const getOwn = <Value>(record: Record<string, Value>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
