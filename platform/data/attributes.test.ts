import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import { fc } from '../../tests/support/draws.ts';
import { type Attributes, valuesOf } from './attributes.ts';

// The SDK tells kinds of objects by what they say is their constructor, and takes a map that has one for something else.
const name = fc.string({ minLength: 1 }).filter((one) => one !== 'constructor' && one !== '__proto__');

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string(), { minLength: 1 }).map((texts) => new Set(texts)),
    fc.array(fc.integer(), { minLength: 1 }).map((numbers) => new Set(numbers)),
    fc.array(tie('value')),
    fc.dictionary(name, tie('value')),
  ),
}));

test('an item is what the SDK makes of it, whatever it holds', () => {
  const item = fc.dictionary(name, value, { noNullPrototype: true });
  fc.assert(
    fc.property(item, (written) => {
      const wire = JSON.parse(JSON.stringify(marshall(written)));
      expect(valuesOf(wire)).toEqual(unmarshall(wire));
    }),
  );
});

test('what has no value here is told', () => {
  expect(() => valuesOf({ a: { B: 'AA==' } } as unknown as Attributes)).toThrow('no value is read of B');
});
