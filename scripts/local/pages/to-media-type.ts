import { lookup } from 'mrmime';

/** The media type of a file, from its extension; all text here is UTF-8. */
export const toMediaType = (name: string): string => {
  const type = lookup(name) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
};
