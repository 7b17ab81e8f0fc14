import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { pathParameters } from './address.ts';

const read = (given: Record<string, string> | null, path?: string) =>
  pathParameters({
    pathParameters: given,
    requestContext: { path } as APIGatewayProxyEvent['requestContext'],
  });

test.each([
  ['as it was written, as AWS does', 'Terminale%20S1', '/prod/classes/Terminale%20S1', 'Terminale S1'],
  ['read already', 'Terminale S1', '/prod/classes/Terminale%20S1', 'Terminale S1'],
  ['with a percent sign, as it was written', '100%25', '/prod/classes/100%25', '100%'],
  ['with a percent sign, read already', '%41', '/prod/classes/%2541', '%41'],
  ['without escapes', '6eme', '/classes/6eme', '6eme'],
])('a variable of a route that the gateway hands over %s', (_, given, path, expected) => {
  expect(read({ class: given }, path)).toEqual({ class: expected });
});

test('a route without variables has none', () => {
  expect(read(null, '/classes')).toEqual({});
  expect(read({ id: '5' })).toEqual({ id: '5' });
});
