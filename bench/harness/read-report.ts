/** What a measured process wrote last; before that the function may have logged. */
export const readReport = <Report>(stdout: string): Report =>
  JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
