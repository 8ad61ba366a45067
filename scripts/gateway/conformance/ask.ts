import { request } from 'node:http';

export type Asked = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
};

export type Answer = {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  text: string;
  /** The event that the function got, or any other JSON; empty if it is none. */
  json: Record<string, unknown>;
  /** In how many parts the body came. */
  parts: number;
};

/** Sends exactly this, and reads the reply; status 0 if there is none. */
export const ask = (url: string, path: string, asked: Asked = {}): Promise<Answer> =>
  new Promise((resolve) => {
    const { method = 'GET', headers = {}, body } = asked;
    const { hostname, port } = new URL(url);
    const none = { status: 0, headers: {}, body: Buffer.alloc(0), text: '', json: {}, parts: 0 };
    const sent = request({ hostname, port, path, method, headers, agent: false });
    sent.on('error', () => resolve(none));
    sent.on('response', async (response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of response) chunks.push(chunk);
      } catch {
        return resolve(none);
      }
      const all = Buffer.concat(chunks);
      resolve({
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: all,
        text: all.toString(),
        json: toJson(all.toString()),
        parts: chunks.length,
      });
    });
    sent.end(body);
  });

function toJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
