// Before any module is loaded: an older Node fails at the first one that it does not understand.
const { engines } = require('../package.json');

const [wanted = ''] = /\d+\.\d+/.exec(engines.node) ?? [];
const isOlder = process.versions.node.localeCompare(wanted, 'en', { numeric: true }) < 0;
if (isOlder) {
  console.error(`✖ Node ${wanted} or later is needed, and this is ${process.versions.node}`);
  process.exit(1);
}
