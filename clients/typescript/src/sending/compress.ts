// Below this, what compression saves is less than what a packet has room for anyway.
const MINIMUM_LENGTH = 1_024;

type Content = { body: string | ArrayBuffer; isCompressed: boolean };

/** A body as it is sent: compressed where it is worth it and the runtime can. */
export const compress = async (text: string): Promise<Content> => {
  if (text.length < MINIMUM_LENGTH || typeof CompressionStream === 'undefined') {
    return { body: text, isCompressed: false };
  }
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).arrayBuffer(), isCompressed: true };
};
