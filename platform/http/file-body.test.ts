import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Problem } from '../base/problem.ts';
import { fileOf } from './file-body.ts';

const FILE = { types: ['text/csv'], most: 4, otherwise: { fr: 'ailleurs', en: 'elsewhere' } };

const event = (body: string | null, type = 'text/csv', more: object = {}, base64 = false) =>
  ({ body, headers: { 'Content-Type': type, ...more }, isBase64Encoded: base64 }) as unknown as APIGatewayProxyEvent;

const refusal = (sent: APIGatewayProxyEvent) => {
  try {
    return String(fileOf(sent, FILE));
  } catch (error) {
    const { code, detail } = error as Problem;
    return `${code}: ${detail.en}`;
  }
};

test('a file arrives as it was sent, as text or in Base64; none is an empty one', () => {
  expect([...fileOf(event('/wD/', 'text/csv', {}, true), FILE)]).toEqual([255, 0, 255]);
  expect(String(fileOf(event('é;b'), FILE))).toBe('é;b');
  expect(fileOf(event(null), FILE)).toHaveLength(0);
  expect(String(fileOf(event('a', 'Text/CSV; charset=windows-1252'), FILE))).toBe('a');
});

test('it is refused where it is larger than the operation takes, of another type, or compressed', () => {
  expect(refusal(event('abcd'))).toBe('abcd');
  expect(refusal(event('abcde'))).toBe('payload_too_large: elsewhere');
  expect(refusal(event('ééé'))).toBe('payload_too_large: elsewhere');
  expect(refusal(event('a', 'application/json'))).toBe('unsupported_media_type: Send the file as it is: text/csv.');
  expect(refusal(event('a', 'text/csv', { 'Content-Encoding': 'gzip' }))).toMatch(/^unsupported_content_coding/);
});
