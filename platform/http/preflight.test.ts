import { afterEach, expect, test } from '@jest/globals';
import { handler } from './preflight.ts';

const before = process.env.CORS_ORIGINS;
afterEach(() => {
  process.env.CORS_ORIGINS = before ?? '';
});

const ask = async (Origin?: string) => (await handler({ headers: Origin ? { Origin } : {} })).headers ?? {};

test('a listed origin may send its token, an unlisted one nothing', async () => {
  process.env.CORS_ORIGINS = 'https://school.example, https://admin.school.example';
  const allowed = await ask('https://admin.school.example');
  expect(allowed['Access-Control-Allow-Origin']).toBe('https://admin.school.example');
  expect(allowed['Access-Control-Allow-Headers']).toContain('Authorization');
  expect(await ask('https://elsewhere.example')).toEqual({ Vary: 'Origin' });
  expect(await ask()).toEqual({ Vary: 'Origin' });
});

test('without a list nobody may', async () => {
  process.env.CORS_ORIGINS = '';
  expect(await ask('https://school.example')).toEqual({});
});
