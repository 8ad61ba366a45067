// As Node and as other programs say it.
const FULL_DISK = /ENOSPC|EDQUOT|no space left|quota exceeded/i;

const IN_USE = /\S+ is in use by another start/;

// Of mongo-java-server's file.
const DAMAGED = /^.*its file cannot be read or written/s;

/** Tells why no database could be started, and what to do about it. */
export const toStartFailure = (cause: unknown, directory: string): Error => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const [inUse] = IN_USE.exec(reason) ?? [];
  if (inUse) return new Error(`${inUse}: choose another DATA_DIR`, { cause });
  if (DAMAGED.test(reason) && !FULL_DISK.test(reason)) {
    const [, detail] = reason.split(DAMAGED);
    return new Error(
      `${directory}/events.h2 cannot be read or written${detail}: restore it, or delete or rename ${directory} to start afresh`,
      { cause },
    );
  }
  const advice = FULL_DISK.test(reason)
    ? [
        `Make room on the disk of ${directory}, or set MONGODB_URI to the connection string of another database; ` +
          'then start again. Every event that was acknowledged is stored',
      ]
    : [
        'Do one of these, then start again:',
        '  - set MONGODB_URI to the connection string of a MongoDB 5 or later',
        '  - set MONGOMS_SYSTEM_BINARY to the path of a mongod on this machine',
        "  - let this machine reach MongoDB's download site (mongodb-memory-server fetches mongod from it)",
        '  - install a JDK 17 and Maven (mongo-java-server is then fetched from Maven Central)',
      ];
  const message = [`No database could be started: ${reason}`, ...advice].join('\n');
  return new Error(message, { cause });
};
