// A shorter body fits into one packet anyway.
const MINIMUM_LENGTH = 1_024;

type Content = { body: string | ArrayBuffer; isCompressed: boolean };

/** Compresses a body with gzip if it is long enough and the runtime can. */
export const compress = async (text: string): Promise<Content> => {
  if (text.length < MINIMUM_LENGTH || typeof CompressionStream === 'undefined') {
    return { body: text, isCompressed: false };
  }
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).arrayBuffer(), isCompressed: true };
};
