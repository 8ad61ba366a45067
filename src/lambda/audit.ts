import { createAuditHandler } from './audit-handler.ts';
import { writeLine } from './write-line.ts';

// The image's fourth entry point. CloudWatch Logs invokes it with audit lines of the other functions' logs.
export const handler = createAuditHandler(writeLine);
