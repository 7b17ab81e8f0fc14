import { describe, expect, test } from '@jest/globals';
import { isKeyPart } from '../base/key-part.ts';
import { Email, emailKey } from './email.ts';

describe('an e-mail address', () => {
  test.each([
    [' Ana@Example.SN ', 'ana@example.sn'],
    ['o&leary@ecole.example', 'o&leary@ecole.example'],
    ['te~st@ecole.example', 'te~st@ecole.example'],
    ["o'brien+school@ecole.example", "o'brien+school@ecole.example"],
    ['a@b.xn--p1ai', 'a@b.xn--p1ai'],
    ['Info@École.example', 'info@école.example'],
    ['école@e\u0301cole.example', 'école@école.example'],
    ['почта@почта.рф', 'почта@почта.рф'],
    ['\u202aana@example.sn\u202c', 'ana@example.sn'],
    ['ana@example.sn\u00a0', 'ana@example.sn'],
    [`${'a'.repeat(64)}@example.sn`, `${'a'.repeat(64)}@example.sn`],
    [`a@${'b'.repeat(63)}.sn`, `a@${'b'.repeat(63)}.sn`],
    ['a@3com.example', 'a@3com.example'],
  ])('%j is taken as %j', (text, taken) => {
    expect(Email.parse(text)).toBe(taken);
  });

  test.each([
    'nobody',
    'ana@',
    'ana.example',
    'user＠ana.example',
    '@example.sn',
    'ana@example',
    'a@b-.example',
    'test@iana-.com',
    'a@-b.example',
    'a@b..example',
    'a@.example',
    'a@b.example.',
    'a..b@example.sn',
    '.a@example.sn',
    'a.@example.sn',
    'a b@example.sn',
    'a@b c.sn',
    'a@b@c.sn',
    'a@b_c.sn',
    '"a b"@example.sn',
    'Ana <ana@example.sn>',
    'mailto:ana@example.sn',
    'a,b@example.sn',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@0x7f.1',
    'a@example.123',
    'a@example.sn\0',
    'a\n@example.sn',
    `${'a'.repeat(65)}@example.sn`,
    `${'é'.repeat(33)}@example.sn`,
    `a@${'b'.repeat(64)}.sn`,
    `a@${'b.'.repeat(130)}sn`,
    12,
  ])('%j is refused, once', (text) => {
    expect(Email.safeParse(text).error?.issues).toHaveLength(1);
  });

  test('is one, however its domain is spelt', () => {
    expect(emailKey('info@école.example')).toBe(emailKey('info@xn--cole-9oa.example'));
    expect(emailKey('info@ecole.example')).not.toBe(emailKey('info@école.example'));
  });

  test('is fit for a key, in any alphabet', () => {
    const labels = Array.from({ length: 4 }, (_, i) => '가'.repeat(40 + i)).join('.');
    for (const text of [`a@${labels}.example`, `${'가'.repeat(21)}@가나다.example`]) {
      const { data } = Email.safeParse(text);
      expect(data === undefined || isKeyPart(data)).toBe(true);
    }
  });
});
