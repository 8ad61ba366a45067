import { createAuditHandler } from './audit-handler.ts';

// The image's fourth entry point. CloudWatch Logs invokes it with audit lines of the other functions' logs.
export const handler = createAuditHandler((line) => void process.stdout.write(`${line}\n`));
