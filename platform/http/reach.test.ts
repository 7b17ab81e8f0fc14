import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { keyPart } from '../base/key-part.ts';
import { allow, anyone, Caller, reachable, signedIn } from './access.ts';
import { noContent } from './answer.ts';
import { operation } from './operation.ts';
import { perform } from './perform.ts';

describe('a record', () => {
  const missing = () => new Error('missing');
  const victor = (role: 'admin' | 'student') =>
    new Caller({ username: keyPart('victor'), role, sessionId: keyPart('s') }, allow('admin', 'owner'));

  test('is to be seen by its owner and by whom the role entitles, and is missing for anybody else', () => {
    expect(reachable({ username: 'victor' }, victor('student'), missing)).toEqual({ username: 'victor' });
    expect(reachable({ username: 'her' }, victor('admin'), missing)).toEqual({ username: 'her' });
    expect(reachable({}, victor('admin'), missing)).toEqual({});
    for (const record of [{ username: 'her' }, {}, undefined])
      expect(() => reachable(record, victor('student'), missing)).toThrow('missing');
    expect(() => reachable(undefined, victor('admin'), missing)).toThrow('missing');
  });

  test('opens to roles, owner and guardians as its operation allows', () => {
    expect(allow('admin', 'owner')).toEqual({ public: false, roles: ['admin'], relations: ['owner'] });
    expect(allow('owner', 'guardian')).toEqual({ public: false, roles: [], relations: ['owner', 'guardian'] });
    expect(allow('teacher')).toEqual({ public: false, roles: ['teacher'], relations: [] });
    expect(signedIn).toMatchObject({ public: false, relations: [] });
    expect(anyone).toEqual({ public: true, roles: [], relations: [] });
  });
});

test('an operation open to owners that never asked answers nothing, and its bug is no answer of an earlier call', async () => {
  const forgetful = operation({
    route: 'GET /notes/{id}',
    summary: 'Forgets',
    access: allow('admin', 'owner'),
    answers: { 204: null },
    handle: async () => noContent(),
  });
  const event = {
    httpMethod: 'GET',
    path: '/notes/7',
    resource: '/notes/{id}',
    headers: {},
    requestContext: { path: '/notes/7', authorizer: { username: 'victor', role: 'student', session_id: 's' } },
  } as unknown as APIGatewayProxyEvent;
  await expect(perform(event, forgetful)).rejects.toThrow('did not ask whose the record is');
});
