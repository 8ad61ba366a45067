/** Splits text that arrives in pieces at a separator; a last part without one is left out, since it broke off. */
export async function* toParts(text: AsyncIterable<string>, separator: string) {
  let rest = '';
  for await (const piece of text) {
    const parts = `${rest}${piece}`.split(separator);
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
