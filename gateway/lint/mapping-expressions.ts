const NAME = "[A-Za-z0-9._$|!#%&'*+^`~-]+";
const CONSTANT = /^'.*'$/s;
const REQUEST = new RegExp(
  `^method\\.request\\.(path|querystring|header|multivalueheader|multivaluequerystring)\\.${NAME}$`,
);
const VARIABLE = /^(context|stageVariables)\.[\w.]+$/;
const REPLY = new RegExp(
  `^integration\\.response\\.(body(\\..+)?|(header|multivalueheader)\\.${NAME})$`,
);

/** What a gateway response may map to a header: parts of the request, constants, and variables (fact 84). */
export const isGatewayMapping = (value: string): boolean =>
  [CONSTANT, REQUEST, VARIABLE].some((pattern) => pattern.test(value));

export const isGatewayTarget = (target: string): boolean =>
  new RegExp(`^gatewayresponse\\.(header|path|querystring)\\.${NAME}$`).test(target);

/** What an integration response may map to a header of the reply (fact 84). */
export const isReplyMapping = (value: string): boolean =>
  [CONSTANT, REPLY, VARIABLE].some((pattern) => pattern.test(value));

export const isReplyTarget = (target: string): boolean =>
  new RegExp(`^method\\.response\\.header\\.${NAME}$`).test(target);

/** What may be mapped to the request of an integration (fact 84). */
export const isRequestMapping = (value: string): boolean =>
  [CONSTANT, REQUEST, VARIABLE, /^method\.request\.body(\..+)?$/].some((pattern) =>
    pattern.test(value),
  );

export const isRequestTarget = (target: string): boolean =>
  new RegExp(`^integration\\.request\\.(path|querystring|header)\\.${NAME}$`).test(target);
