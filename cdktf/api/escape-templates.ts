/**
 * Escapes `${` and `%{` in every string of a document, which Terraform would read as a template. CDKTF's tokens are
 * kept: they become references to other resources.
 */
export const escapeTemplates = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.replace(/\$\{(?!TfToken\[)/g, '$$$${').replaceAll('%{', '%%{');
  if (Array.isArray(value)) return value.map(escapeTemplates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      escapeTemplates(key) as string,
      escapeTemplates(item),
    ]),
  );
};
