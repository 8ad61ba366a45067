const NAME = "[A-Za-z0-9._$|!#%&'*+^`~-]+";
const CONSTANT = /^'.*'$/s;
const VARIABLE = /^(context|stageVariables)\.[\w.]+$/;
const REQUEST = new RegExp(
  `^method\\.request\\.(path|querystring|header|multivalueheader|multivaluequerystring)\\.${NAME}$`,
);
const INPUT = new RegExp(`^method\\.input\\.params\\.${NAME}$`);
const REQUEST_BODY = /^method\.request\.body(\..+)?$/;
const REPLY = new RegExp(
  `^integration\\.response\\.(body(\\..+)?|(header|multivalueheader)\\.${NAME})$`,
);

const matchAny =
  (...patterns: RegExp[]) =>
  (text: string): boolean =>
    patterns.some((pattern) => pattern.test(text));

/** Where values may be mapped to, and which ones (fact 84). */
export const mappingExpressions = {
  gatewayResponse: {
    isTarget: matchAny(new RegExp(`^gatewayresponse\\.(header|path|querystring)\\.${NAME}$`)),
    isValue: matchAny(CONSTANT, VARIABLE, REQUEST, INPUT),
  },
  /** From the reply of an integration to that of the method. */
  reply: {
    isTarget: matchAny(new RegExp(`^method\\.response\\.header\\.${NAME}$`)),
    isValue: matchAny(CONSTANT, VARIABLE, REPLY),
  },
  /** From the request of the method to that of the integration. */
  request: {
    isTarget: matchAny(new RegExp(`^integration\\.request\\.(path|querystring|header)\\.${NAME}$`)),
    isValue: matchAny(CONSTANT, VARIABLE, REQUEST, REQUEST_BODY),
  },
};
