import type { KeyCommand } from '../src/access/key-command.ts';
import { toKeyCommand } from '../src/access/key-command.ts';
import { commands } from './command-line/commands.ts';
import { readCommand, UsageError } from './command-line/read-command.ts';
import { invokeDeployed } from './keys/invoke-deployed.ts';
import { invokeLocal } from './keys/invoke-local.ts';
import { toKeyInput } from './keys/to-key-input.ts';
import { toReportText } from './keys/to-report-text.ts';

const line = readCommand('keys', commands.keys);
try {
  const { environment, isJson, event } = toKeyInput(line);
  const command = toCommand(event);
  const keys = environment ? await invokeDeployed(environment, event) : await invokeLocal(command);
  console.log(isJson ? JSON.stringify(keys, null, 2) : toReportText(keys));
} catch (error) {
  console.error(`✖ ${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** Here, and not only where it is carried out: a deployment need not be asked. */
function toCommand(event: Record<string, unknown>): KeyCommand {
  try {
    return toKeyCommand(event);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
