import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { makeDocs } from './make-docs.ts';

/** Serves the contract as a page for people; it is made when first asked for. */
export const createDocs = (): RequestListener => {
  let page: Promise<Buffer> | undefined;
  return async (_, response) => {
    try {
      page ??= makeDocs().then((path) => readFile(path));
      const html = await page;
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
    } catch (error) {
      page = undefined;
      console.error('The docs could not be made:', error);
      response
        .writeHead(500, { 'Content-Type': 'text/plain' })
        .end('The docs could not be made; see the terminal');
    }
  };
};
