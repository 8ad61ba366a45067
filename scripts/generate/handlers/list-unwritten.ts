import { handlers } from '../../../generated/handlers.ts';
import { toHandlerPath } from './to-handler-path.ts';

/** Lists the operations whose handlers are stubs, which do not compile. */
export const listUnwritten = (): string[] =>
  Object.entries<unknown>(handlers).flatMap(([id, handler]) => (handler ? [] : [id]));

/** Says of each stub what is missing. */
export const listUnwrittenFaults = (): string[] =>
  listUnwritten().map((id) => `${toHandlerPath(id)} is a stub: write the handler of ${id}`);
