import { describe, expect, test } from '@jest/globals';
import { type Credentials, presignedQuery, signedHeaders, type Unsigned } from './signature.ts';

// The credentials of AWS's published test suite for Signature Version 4 (aws-sig-v4-test-suite).
const credentials: Credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const request: Unsigned = {
  service: 'service',
  region: 'us-east-1',
  host: 'example.amazonaws.com',
  headers: {},
  body: '',
  now: Date.UTC(2015, 7, 30, 12, 36),
};

const signatureOf = (changes: Partial<Unsigned>, by = credentials): string =>
  /Signature=(\w+)$/.exec(signedHeaders({ ...request, ...changes }, by).authorization ?? '')?.[1] ?? '';

describe('Signature Version 4', () => {
  test.each([
    ['post-vanilla', {}, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-header-key-sort',
      { headers: { 'my-header1': 'value1' } },
      'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-x-www-form-urlencoded',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Param1=value1' },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('signs as AWS’s own example %s', (_, changes, signature) => {
    expect(signatureOf(changes)).toBe(signature);
  });

  // The examples of S3's own documentation.
  const example: Credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const object = {
    service: 's3',
    region: 'us-east-1',
    host: 'examplebucket.s3.amazonaws.com',
    method: 'GET',
    path: '/test.txt',
    now: Date.UTC(2013, 4, 24),
  } as const;

  test('signs the reading of a part of an object as S3’s own example', () => {
    expect(signatureOf({ ...object, headers: { range: 'bytes=0-9' } }, example)).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  test('presigns as S3’s own example', () => {
    expect(presignedQuery({ ...object, headers: {}, expiresIn: 86_400 }, example)).toBe(
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
        '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
        '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
  });

  test('changes with anything that is signed, the session token included', () => {
    const all = [
      signatureOf({}),
      signatureOf({ body: 'x' }),
      signatureOf({ host: 'other' }),
      signatureOf({ region: 'eu-west-3' }),
      signatureOf({ service: 'dynamodb' }),
      signatureOf({ now: request.now + 1000 }),
      signatureOf({}, { ...credentials, sessionToken: 'token' }),
      signatureOf({}, { ...credentials, secretAccessKey: 'other' }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
