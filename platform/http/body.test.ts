import { expect, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { parseJson } from './body.ts';

test('reads whatever JSON.stringify wrote, at a sane depth', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([
  '{"a":1,"a":2}',
  '{"a":{"b":1,"b":2}}',
  '[{"a":1},{"b":1,"b":1}]',
  '{"a":1,"\\u0061":2}',
  '{"__proto__":1,"__proto__":2}',
])('%s repeats a key', (text) => {
  expect(() => parseJson(text)).toThrow('malformed_json');
});

test.each(['{"a":"\\"b\\": 1"}', '{"a\\"":1,"b":{"a\\"":2}}', '{"a":"x:y","b":":"}'])('%s does not', (text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
});
