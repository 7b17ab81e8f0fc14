import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fonts } from './fonts.ts';
import { MOST_ROWS, printList } from './list.ts';
import { printable } from './printable.ts';
import { print } from './printer.ts';

const LAYOUT =
  '#heading(level: 1, title)\n#for text in data.texts [#text #parbreak()]\n#if logo != none { image(logo, alt: "Logo") }';

const made = (texts: readonly string[], more = {}) =>
  print({ layout: LAYOUT, data: { texts }, title: 'Essai', language: 'fr', ...more });

const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString('latin1', 0, 5) === '%PDF-';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

describe('a document', () => {
  test('is the same bytes each time, names its language, and is PDF/UA-1', async () => {
    const [one, other] = [await made(['Élève']), await made(['Élève'])];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    const text = Buffer.from(one).toString('latin1');
    expect(text).toContain('/Lang (fr)');
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(Buffer.from(await made(['x'], { language: 'en' })).toString('latin1')).toContain('/Lang (en)');
  });

  test.each([
    '#read("/etc/passwd")',
    '#panic("x")',
    '*Awa* _Diop_ $x^2$ `code` = Titre',
    '#import "@preview/cetz:0.2.2"',
    '"); #eval("1+1")',
    '\\u{41} // /* #{',
    '<script>alert(1)</script>',
  ])('takes %s for text', async (text) => {
    const plainly = 'a'.repeat(text.length);
    expect(isPdf(await made([text]))).toBe(true);
    expect(isPdf(await made([plainly], { title: text }))).toBe(true);
  });

  test('is made though a name has characters that no font has', async () => {
    expect(
      isPdf(await made(['李明 🙂 אברהם ជំរាប', 'Ƴero Ɓaldé Łukasz Дмитрий Ελένη عائشة Ọlábísí', '\u200b\ufeff\u0007'])),
    ).toBe(true);
  });

  test('has the logo, and is made all the same with one that only begins like an image', async () => {
    const [with_, without, broken] = [
      await made(['x'], { logo: `data:image/png;base64,${PIXEL}` }),
      await made(['x']),
      await made(['x'], { logo: 'data:image/png;base64,iVBORw0KGgo=' }),
    ];
    expect(with_.length).toBeGreaterThan(without.length);
    expect(Buffer.from(broken).equals(Buffer.from(without))).toBe(true);
  });

  test('whose layout is wrong is an error, with what is wrong in it', async () => {
    const failing = print({ layout: '#nothing-of-this-name', data: {}, title: 'x', language: 'fr' });
    await expect(failing).rejects.toMatchObject({
      message: 'A document could not be typeset',
      cause: [expect.objectContaining({ message: expect.stringContaining('unknown variable') })],
    });
  });
});

describe('what is printed', () => {
  test('keeps every letter that a font has, composed, and shows a box for others', () => {
    expect(printable('Ele\u0300ve')).toBe('Elève');
    for (const name of ['Ƴaasin Ɗiallo ŋ', 'Žółć ğ ő ţ', 'Đặng Thị Ánh', 'Щукин ґ', 'Παπαδόπουλος', 'محمد'])
      expect(printable(name)).toBe(name.normalize('NFC'));
    expect(printable('李 🙂 x')).toBe('□ □ x');
    expect(printable('a\u200bb\u0007c\nd')).toBe('abc\nd');
  });

  test('is changed in texts alone, at whatever depth', () => {
    expect(printable({ a: ['李', 1, null, true], b: { c: 'é' } })).toEqual({ a: ['□', 1, null, true], b: { c: 'é' } });
  });
});

test('the fonts cover Latin, Greek and Cyrillic, and have their licences beside them', () => {
  const { has } = fonts();
  const ranges = [
    [0x20, 0x7e],
    [0xa0, 0x24f],
    [0x1e00, 0x1eff],
    [0x3b1, 0x3c9],
    [0x400, 0x52f],
    [0x621, 0x64a],
  ] as const;
  for (const [from, to] of ranges)
    for (let code = from; code <= to; code += 1) expect([code, has(code)]).toEqual([code, true]);
  const files = readdirSync(new URL('./fonts/', import.meta.url));
  const families = new Set(files.filter((file) => file.endsWith('.ttf')).map((file) => file.split('-')[0]));
  for (const family of families) expect(files).toContain(`${family}-OFL.txt`);
});

describe('a list', () => {
  const school = { name: 'Lycée', lines: [], motto: null, logo_alt: 'Logo' };
  const list = (rows: readonly string[][]) => ({
    school,
    title: 'Élèves',
    subtitle: '4e B',
    columns: [{ label: 'Nom' }],
    rows,
  });

  test('is a document, an empty one too', async () => {
    expect(isPdf(await printList(list([['Awa'], ['Issa']]), 'fr'))).toBe(true);
    expect(isPdf(await printList(list([]), 'en'))).toBe(true);
  });

  test('that would fill a book is refused', async () => {
    const rows = Array.from({ length: MOST_ROWS + 1 }, () => ['Awa']);
    await expect(printList(list(rows), 'fr')).rejects.toMatchObject({ code: 'list_too_long' });
  });
});
