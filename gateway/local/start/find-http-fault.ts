import type { Integration } from '../../document/api.ts';
import type { GatewaySettings } from '../gateway-settings.ts';

/** Says why the address of an `http_proxy` integration may not be called; undefined if it may. */
export const findHttpFault = (
  { uri = '' }: Integration,
  { allowedOrigins = [], stage }: Pick<GatewaySettings, 'allowedOrigins' | 'stage'>,
): string | undefined => {
  const variables = new Map(Object.entries(stage.variables ?? {}));
  let unknown: string | undefined;
  const address = uri.replace(/\$\{stageVariables\.([^}]*)\}/g, (_, name: string) => {
    if (!variables.has(name)) unknown ??= name;
    return variables.get(name) ?? '';
  });
  if (unknown) return `needs the stage variable ${unknown}: AWS would answer 500; set it`;
  const origin = toOrigin(address);
  // A variable of the path in the place of the host could lead anywhere.
  if (!origin || origin.includes('{')) return `is ${uri}: it must begin with one fixed origin`;
  return allowedOrigins.some((allowed) => toOrigin(allowed) === origin)
    ? undefined
    : `leads to ${origin}, which AWS would call: allow this origin`;
};

function toOrigin(address: string): string | undefined {
  const [, scheme = '', authority = ''] = /^(https?):\/\/([^/?#\\]+)/i.exec(address) ?? [];
  if (/[{}@]/.test(authority)) return undefined;
  try {
    return new URL(`${scheme}://${authority}`).origin;
  } catch {
    return undefined;
  }
}
