import { invokeDeployed } from './keys/invoke-deployed.ts';
import { invokeLocal } from './keys/invoke-local.ts';
import { toKeyInput } from './keys/to-key-input.ts';
import { toReportText } from './keys/to-report-text.ts';

// npm run keys -- create|list|rotate|revoke [options]; to-key-input.ts has the options.
try {
  const { environment, isJson, event } = toKeyInput(process.argv.slice(2));
  const keys = environment ? await invokeDeployed(environment, event) : await invokeLocal(event);
  console.log(isJson ? JSON.stringify(keys, null, 2) : toReportText(keys));
} catch (error) {
  console.error(`✖ ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
