import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** SecantusDB's server, as `npm run test:engine` finds it; empty in other runs. */
export const ENGINE = process.env.SECANTUSD_BINARY ?? '';

/**
 * Writes a program that takes the arguments of mongod, and answers like it.
 * @param version what it says it is; without one it says nothing
 * @param run what it does instead of running SecantusDB
 */
export const writeMongod = (path: string, version = '8.0.13', run = RUN): string => {
  const script = [
    '#!/usr/bin/env bash',
    `if [ "$1" = --version ]; then echo '${version && `db version v${version}`}'; exit; fi`,
    'while [ $# -gt 0 ]; do',
    '  case $1 in --port) port=$2 ;; --dbpath) data=$2 ;; esac',
    '  shift',
    'done',
    run,
    // mongodb-memory-server takes a file of less than 1 MiB for a broken download.
    'exit',
    '#'.repeat(2 ** 20),
  ];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${script.join('\n')}\n`);
  chmodSync(path, 0o755);
  return path;
};

// As mongod, it refuses data that another one has open. The process itself becomes the engine, so that signals reach it.
const RUN = `
if kill -0 "$(cat "$data/mongod.lock" 2>/dev/null)" 2>/dev/null; then
  echo '${JSON.stringify({
    s: 'E',
    msg: 'DBException in initAndListen, terminating',
    attr: { error: 'DBPathInUse: Unable to lock the lock file: mongod.lock' },
  })}'
  exit 100
fi
echo $$ > "$data/mongod.lock"
exec '${ENGINE}' --port "$port" --storage-path "$data" --cache-size 64M --log-file-max 8MB \
  > >(while read -r line; do echo "$line" | sed 's/listening on/Waiting for connections on/'; done)`;
