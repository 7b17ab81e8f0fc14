import { expect, test } from '@jest/globals';
import { wholeNumber } from './whole-number.ts';

const Number0To20 = wholeNumber(0, 20);

test.each([
  ['0', 0],
  ['20', 20],
  ['007', 7],
])('%s is %i', (text, number) => expect(Number0To20.parse(text)).toBe(number));

test.each(['', ' ', '21', '-1', '1.0', '1e1', '0x1', ' 1', '٣', '1.7976931348623157e+308', 'NaN'])(
  '%j is none',
  (text) => expect(Number0To20.safeParse(text).success).toBe(false),
);
