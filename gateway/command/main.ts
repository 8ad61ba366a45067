import { DocumentRefused } from '../local/start/document-refused.ts';
import { CommandError } from './command-error.ts';
import { lintCommand } from './lint-command.ts';
import { readArguments } from './read-arguments.ts';
import { serveCommand } from './serve-command.ts';
import { watchCommand } from './watch-command.ts';

const HELP = `apigateway-local DOCUMENT [options]    serves an OpenAPI document as Amazon API Gateway does
apigateway-local lint DOCUMENT         tells what API Gateway would refuse or weaken

  --function [NAME=]FILE#EXPORT   a function of Node; NAME as in the document, once for each
  --endpoint [NAME=]URL           a function behind a Lambda runtime endpoint
  --port 8080, --host 127.0.0.1
  --stage NAME                    URLs begin with it; without it, they are those of a custom domain
  --base-path PATH                of a custom domain's mapping
  --variable NAME=VALUE           a stage variable
  --key KEY                       a good API key; --rate, --burst and --quota 1000/DAY limit each
  --allow ORIGIN                  that http_proxy may call
  --authorizer JSON               the context that every authorizer gives
  --watch                         starts again when the document or a function changes`;

const args = process.argv.slice(2);
try {
  const line = readArguments(args);
  if (line.command === 'help') console.log(HELP);
  else if (line.command === 'lint') process.exitCode = await lintCommand(line.document);
  else if (line.watch) watchCommand(line, args);
  else await serveCommand(line);
} catch (error) {
  const isKnown = error instanceof CommandError || error instanceof DocumentRefused;
  console.error(isKnown ? error.message : error);
  process.exitCode = error instanceof CommandError ? 2 : 1;
}
