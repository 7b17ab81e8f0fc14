import { expect, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { canonicalJson } from './canonical.ts';

/** The same value, the members of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}

const json = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });

test('the order of members does not show, however deep', () => {
  fc.assert(fc.property(json, (value) => expect(canonicalJson(turned(value))).toBe(canonicalJson(value))));
});

test('nothing else is lost', () => {
  fc.assert(
    fc.property(json, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))),
  );
});

test.each([
  ['{"b":1,"a":{"d":[{"z":1,"y":2}],"c":null}}', '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}'],
  ['{"\\u20ac":1,"\\r":2,"1":3,"\\ud83d\\ude00":4}', '{"1":3,"\\r":2,"€":1,"😀":4}'],
  ['[3,1,2]', '[3,1,2]'],
  ['{"a":1.0,"b":1e2,"c":-0}', '{"a":1,"b":100,"c":0}'],
  ['{"__proto__":{"b":1,"a":2}}', '{"__proto__":{"a":2,"b":1}}'],
])('%s is %s', (text, canonical) => {
  expect(canonicalJson(JSON.parse(text))).toBe(canonical);
});
