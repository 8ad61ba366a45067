import type { ContractDocument } from './contract-document.ts';

/** The hashes that cdktf/api/with-fingerprint.ts has put into the names of a document's operations; one, if all is well. */
export const findFingerprints = ({ paths = {} }: ContractDocument): string[] => {
  const names = Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .map(({ operationId }) => operationId ?? '');
  const found = names.flatMap((name) => FINGERPRINT.exec(name)?.slice(1) ?? []);
  return [...new Set(found)].sort();
};

/** Takes the hash from a name, so that the names of two documents can be compared. */
export const withoutFingerprint = (name: string): string => name.replace(FINGERPRINT, 'Import');

const FINGERPRINT = /Import([0-9a-f]{16})$/;
