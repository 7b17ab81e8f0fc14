import { expect, test } from '@jest/globals';
import { requireHost } from './port.ts';

test('Campus listens on this machine only, unless every address is asked for', () => {
  expect(requireHost({})).toBe('127.0.0.1');
  expect(requireHost({ HOST: '' })).toBe('127.0.0.1');
  expect(requireHost({ HOST: '0.0.0.0' })).toBe('0.0.0.0');
});

test.each(['192.168.1.5', 'localhost', '::', 'my-laptop'])('HOST=%s is refused in one line', (HOST) => {
  expect(() => requireHost({ HOST })).toThrow(/^HOST must be 127\.0\.0\.1, or 0\.0\.0\.0 inside a container, not/);
});
