/** The `kind` of an audit line, by which CloudWatch tells it from the other lines of a log. */
export const AUDIT_KIND = 'audit';
