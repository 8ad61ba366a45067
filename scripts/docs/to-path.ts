/** Where the page of a source is, as seen from the site's root: that of `sending.md` at `sending/`. */
export const toPath = (source: string): string =>
  source.replace(/\.md$/, '/').replace(/(^|\/)index\/$/, '$1');

/** The way from a page to the site's root: links are relative, as the site may be at any path. */
export const toRoot = (path: string): string => '../'.repeat(path.split('/').length - 1) || './';
