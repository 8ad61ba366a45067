/** Replaces what stands in a page between `<!-- name … -->` and `<!-- /name -->`. */
export const replaceMarked = (page: string, name: string, text: string): string =>
  page.replace(
    new RegExp(`(<!-- ${name}\\b[^>]*-->\n)[^]*?(<!-- /${name} -->)`),
    (_, start, end) => `${start}${text}${end}`,
  );
