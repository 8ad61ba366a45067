import { createHash } from 'node:crypto';

type Item = Record<string, { operationId?: string }>;
type Document = { paths: Record<string, unknown> };

/**
 * Names each operation without a name after its method, its path, and a hash of the whole import document: API Gateway
 * keeps the names of operations, in the API and in the copy that a stage serves, and exports them (fact 7). So an
 * export tells which document was imported, whatever else it leaves out. No caller sees these names.
 * The version and the description would not do: they are of the API, and not of the stage's copy.
 * @param text the document as text, in which references to other resources are resolved
 */
export const withFingerprint = <Any extends Document>(document: Any, text: string): Any => {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const paths = Object.entries(document.paths).map(([path, item]) => [
    path,
    Object.fromEntries(
      Object.entries(item as Item).map(([method, operation]) => [
        method,
        operation.operationId || method.startsWith('x-')
          ? operation
          : { operationId: `${method}${toWords(path)}Import${hash}`, ...operation },
      ]),
    ),
  ]);
  return { ...document, paths: Object.fromEntries(paths) };
};

/** `/devices/{deviceID}` becomes `DevicesDeviceID`: code generators want names without signs. */
const toWords = (path: string): string =>
  path.replace(/[^A-Za-z0-9]+([A-Za-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
