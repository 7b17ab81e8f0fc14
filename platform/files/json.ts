import type { Batches, Format, Sheet } from './sheet.ts';

async function* written<T>(batches: Batches<T>, { shown }: Sheet<T>) {
  let before = '[\n';
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    yield before + batch.map((row) => JSON.stringify(shown(row))).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** One array of the rows as the API shows them, a row a line. */
export const json: Format = { type: 'application/json; charset=utf-8', ending: 'json', write: written };
