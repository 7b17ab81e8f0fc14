/** All that an asynchronous iterable gives, in order. */
export async function drained<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
