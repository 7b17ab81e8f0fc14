import { expect, jest, test } from '@jest/globals';

jest.unstable_mockModule('@myriaddreamin/typst-ts-node-compiler', () => {
  throw new Error('Cannot find native binding');
});

test('where the platform has no typesetter, documents are a problem of their own and nothing else is', async () => {
  const { canPrint, print } = await import('./printer.ts');
  expect(await canPrint()).toBe(false);
  const printing = print({ layout: '', data: {}, title: 'x', language: 'fr' });
  await expect(printing).rejects.toMatchObject({ code: 'printing_unavailable', kind: { status: 501 } });
});
