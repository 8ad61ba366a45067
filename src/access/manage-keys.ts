import type { Collection } from 'mongodb';
import type { ApiKey } from './api-key.ts';
import { createKeyId, createSecret, hashOf, toKeyText } from './api-key.ts';
import type { KeyCommand } from './key-command.ts';

/** A key as the operator sees it; `key` is its text, which only creation and rotation can show. */
export type KeyReport = Omit<ApiKey, '_id' | 'secrets'> & {
  id: string;
  key?: string;
  /** Until when the secret before a rotation is good, too. */
  oldSecretUntil?: Date;
};

/** Runs a command of the operator; throws an Error that names the fault. */
export const manageKeys = async (
  keys: Collection<ApiKey>,
  command: KeyCommand,
): Promise<KeyReport[]> => {
  switch (command.command) {
    case 'create':
      return [await create(keys, command)];
    case 'list':
      return (await keys.find({}, { sort: { createdAt: 1 } }).toArray()).map(toReport);
    case 'rotate':
      return [await rotate(keys, command.id, command.graceHours)];
    case 'revoke':
      return [await change(keys, command.id, { revokedAt: new Date() })];
  }
};

async function create(
  keys: Collection<ApiKey>,
  { name, scopes, devices, expiresAt }: Extract<KeyCommand, { command: 'create' }>,
): Promise<KeyReport> {
  const secret = createSecret();
  const key: ApiKey = {
    _id: createKeyId(),
    name,
    scopes,
    ...(devices && { devices }),
    secrets: [{ hash: hashOf(secret) }],
    createdAt: new Date(),
    ...(expiresAt && { expiresAt }),
  };
  await keys.insertOne(key);
  return { ...toReport(key), key: toKeyText({ id: key._id, secret }) };
}

/** Keeps the old secret valid for `graceHours`, so that devices can send while they get the new one. */
async function rotate(
  keys: Collection<ApiKey>,
  id: string,
  graceHours: number,
): Promise<KeyReport> {
  const { secrets } = await find(keys, id);
  const secret = createSecret();
  const now = Date.now();
  const until = new Date(now + graceHours * 3_600_000);
  const old = secrets
    .filter((each) => !each.until || each.until.getTime() > now)
    .map((each) => ({ ...each, until: each.until && each.until < until ? each.until : until }));
  const all = [{ hash: hashOf(secret) }, ...(graceHours > 0 ? old : [])];
  return { ...(await change(keys, id, { secrets: all })), key: toKeyText({ id, secret }) };
}

async function change(
  keys: Collection<ApiKey>,
  id: string,
  fields: Partial<ApiKey>,
): Promise<KeyReport> {
  await find(keys, id);
  await keys.updateOne({ _id: id }, { $set: fields });
  return toReport(await keys.findOne({ _id: id }).then((key) => key ?? missing(id)));
}

async function find(keys: Collection<ApiKey>, id: string): Promise<ApiKey> {
  const key = (await keys.findOne({ _id: id })) ?? missing(id);
  if (key.revokedAt) throw new Error(`The key ${id} is revoked: create another`);
  return key;
}

function missing(id: string): never {
  throw new Error(`There is no key ${id}: list shows those that there are`);
}

const toReport = ({ _id, secrets, ...key }: ApiKey): KeyReport => {
  const now = Date.now();
  const ends = secrets.flatMap(({ until }) =>
    until && until.getTime() > now ? [until.getTime()] : [],
  );
  return {
    id: _id,
    ...key,
    ...(ends.length > 0 && { oldSecretUntil: new Date(Math.max(...ends)) }),
  };
};
