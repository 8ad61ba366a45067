// Runs a function by AWS's runtime client: node run-function.mjs CLIENT HANDLER, in the function's directory.
import Module from 'node:module';

const [client, handler] = process.argv.slice(2);
// The client's native part only fetches events and sends whole replies, which its own JavaScript does as well
// (AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1): it is not built here. A reply that streams never goes through it.
const load = Module._load;
Module._load = (name, ...rest) =>
  name.endsWith('rapid-client.node') ? { initializeClient: () => undefined } : load(name, ...rest);
const { run } = await import(client);
await run(process.cwd(), handler);
