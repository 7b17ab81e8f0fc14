import { describe, expect, test } from '@jest/globals';
import { samplesIn } from '../printing/samples.ts';

const pagesOf = (pdf: Uint8Array): number =>
  Buffer.from(pdf)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;

/** Kinds of documents that take more than a page. */
const LONGER: Readonly<Record<string, number>> = { 'card-long': 4, 'class-report': 2 };

// A class of 45 is for the bench, and for veraPDF.
const names = Object.keys(samplesIn('fr')).filter((name) => name !== 'cards-of-a-class');

describe.each(['fr', 'en'] as const)('each kind of document is made in %s', (language) => {
  test.each(names)('%s', async (name) => {
    expect(pagesOf((await samplesIn(language)[name]?.()) ?? new Uint8Array())).toBe(LONGER[name] ?? 1);
  });
});
