type Reference = { $ref: string };

/**
 * Returns the part of an OpenAPI document that a `$ref` names, such as `#/components/schemas/Event`, or the part
 * itself if it is not a reference. References to references are followed.
 * @throws an Error if the document does not have that part
 */
export const resolveRef = <Part extends object>(document: object, part: Part | Reference): Part => {
  if (!('$ref' in part) || typeof part.$ref !== 'string') return part as Part;
  // A JSON Pointer (RFC 6901).
  const names = part.$ref
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = names.reduce<unknown>(
    (parent, name) => (parent as Record<string, unknown> | undefined)?.[name],
    document,
  );
  if (typeof target === 'object' && target !== null) {
    return resolveRef(document, target as Part | Reference);
  }
  throw new Error(`The document has no ${part.$ref}`);
};
