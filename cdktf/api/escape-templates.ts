/**
 * Lets Terraform read every string in a document as it stands: `${` and `%{` would start a template.
 * A token of CDKTF stays one, since it becomes a reference to another resource.
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
