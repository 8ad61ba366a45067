/** A step of a JSON pointer (RFC 6901, section 3). */
export const toPointerStep = (key: string): string =>
  `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

export const fromPointerStep = (step: string): string =>
  step.replaceAll('~1', '/').replaceAll('~0', '~');
