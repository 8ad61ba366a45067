import type { LiveQuery } from './driver.ts';

/** Opens a stream without an SDK, and closes it; returns the place where it began. */
export const readPlace = async (
  url: URL,
  key: string,
  { deviceID, eventType }: Pick<LiveQuery, 'deviceID' | 'eventType'>,
): Promise<string> => {
  const query = new URLSearchParams([
    ['deviceID', deviceID],
    ...eventType.map((type) => ['eventType', type] as [string, string]),
  ]);
  const { body } = await fetch(new URL(`/events/live?${query}`, url), {
    headers: { 'x-api-key': key },
  });
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    const [, place] = /^id: (.*)\n/m.exec(text) ?? [];
    if (place) return place;
  }
  throw new Error(`The stream has no place: ${text}`);
};
