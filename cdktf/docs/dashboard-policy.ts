/**
 * The content security policy of the dashboard. The page holds a key, so only its own scripts run, none may write
 * markup, and it may send requests to the API alone.
 * @param connect the sources that it may send requests to, in the policy's words
 */
export const toDashboardPolicy = (connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src ${connect.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

/** Added where a policy is sent as a header: a page cannot say this of itself. */
export const NO_FRAMES = "; frame-ancestors 'none'";
