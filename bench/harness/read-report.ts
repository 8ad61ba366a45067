/** Parses the last line of a measured process's output; the function may have logged lines before it. */
export const readReport = <Report>(stdout: string): Report =>
  JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
