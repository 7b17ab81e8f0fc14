import { beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call, student, teacher } from '../../tests/support/call.ts';
import { createFrom } from '../../tests/support/tables.ts';

const { handler } = await import('../../tests/support/fixtures/notes.ts');

beforeAll(async () => {
  await createFrom(['tests/support/fixtures/notes.yml']);
});

const write = (text: unknown, sent = {}) => call(handler, 'POST /notes', { as: student(), body: { text }, ...sent });

describe('an answer', () => {
  test('holds only what its schema declares', async () => {
    const { status, body } = await write('bonjour');
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(String), text: 'bonjour', username: 'victor' });
  });

  test('carries the standard headers and echoes a sane request id', async () => {
    const { headers } = await write('bonjour', { headers: json({ 'X-Request-Id': 'from-the-client' }) });
    expect(headers).toMatchObject({
      'X-Request-Id': 'from-the-client',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      'Strict-Transport-Security': expect.stringContaining('max-age='),
    });
    const { headers: replaced } = await write('bonjour', { headers: json({ 'X-Request-Id': 'a b\n' }) });
    expect(replaced['X-Request-Id']).not.toBe('a b\n');
  });

  test.each([
    ['"1"', 304],
    ['W/"1"', 304],
    ['"0", W/"1"', 304],
    ['*', 304],
    ['"2"', 200],
    ['1', 200],
    ['', 200],
  ])('of version 1 is, to a reader that has %s, %i', async (tag, expected) => {
    const { body } = await write('etag');
    const headers = { 'If-None-Match': tag };
    expect((await call(handler, `GET /notes/${body.id}`, { as: admin, headers })).status).toBe(expected);
  });
});

describe('a bug', () => {
  test('is a bare 500 that names its request and nothing of ours', async () => {
    const { status, body, headers } = await call(handler, 'GET /failing');
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'internal_error', status: 500, request_id: headers['X-Request-Id'] });
    expect(JSON.stringify(body)).not.toMatch(/arn:|secret-name|stack|\.ts/);
  });

  test('an operation that forgets to ask for the owner answers nothing', async () => {
    const { body } = await write('mine');
    expect((await call(handler, `GET /forgetful/${body.id}`, { as: student('kilian') })).status).toBe(500);
  });

  test.each(['DELETE', 'PUT'])('an operation that forgets to ask for the owner changes nothing: %s', async (method) => {
    const { body } = await write('mine');
    expect((await call(handler, `${method} /forgetful/${body.id}`, { as: student('kilian') })).status).toBe(500);
    expect((await call(handler, `GET /notes/${body.id}`, { as: student() })).status).toBe(200);
    expect((await call(handler, `${method} /forgetful/${body.id}`, { as: admin })).status).toBe(204);
  });
});

describe('access', () => {
  test('a token that is of no use is told apart from none', async () => {
    const { body, headers } = await call(handler, 'GET /notes', { headers: { Authorization: 'Bearer a.b.c' } });
    expect(body.code).toBe('unauthenticated');
    expect(body.detail).not.toBe((await call(handler, 'GET /notes')).body.detail);
    expect(headers['WWW-Authenticate']).toMatch(/^Bearer error="invalid_token"/);
  });

  test('a role that may not is 403, a missing identity 401 with a challenge', async () => {
    expect((await call(handler, 'GET /notes', { as: student() })).body).toMatchObject({
      code: 'forbidden',
      detail: expect.stringMatching(/student .* il faut être .*admin/),
    });
    const { status, headers } = await call(handler, 'GET /notes');
    expect([status, headers['WWW-Authenticate']]).toEqual([401, 'Bearer']);
  });

  test('a stranger’s object and a missing one cannot be told apart', async () => {
    const { body } = await write('mine');
    const stranger = await call(handler, `GET /notes/${body.id}`, { as: student('kilian') });
    const missing = await call(handler, 'GET /notes/nothing', { as: student('kilian') });
    const anonymous = ({ request_id, ...rest }: Record<string, unknown>) => rest;
    expect(stranger.status).toBe(404);
    expect(anonymous(stranger.body)).toEqual(anonymous(missing.body));
    expect((await call(handler, `GET /notes/${body.id}`, { as: student() })).status).toBe(200);
  });

  test('the header that replaces the identity in the emulator is refused before anything happens', async () => {
    const headers = json({ 'sls-offline-authorizer-override': '{"username":"admin","role":"admin"}' });
    const id = crypto.randomUUID();
    const { status, body } = await write('stolen', { headers, body: { id, text: 'stolen' } });
    expect([status, body.code]).toEqual([400, 'reserved_header']);
    expect((await call(handler, `GET /notes/${id}`, { as: admin })).status).toBe(404);
  });
});

describe('a body', () => {
  const refusals: [what: string, sent: object, status: number, code: string][] = [
    ['malformed', { rawBody: '{"text":' }, 400, 'malformed_json'],
    ['with a repeated key', { rawBody: '{"text":"a","text":"b"}' }, 400, 'malformed_json'],
    ['10,000 levels deep', { rawBody: '['.repeat(10_000) + ']'.repeat(10_000) }, 400, 'malformed_json'],
    ['not UTF-8', { rawBody: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), base64: true }, 400, 'malformed_json'],
    ['that is an array', { rawBody: '[]' }, 400, 'invalid_input'],
    ['that is missing', { rawBody: '' }, 400, 'invalid_input'],
    ['with a prototype in it', { rawBody: '{"text":"a","__proto__":{"role":"admin"}}' }, 400, 'invalid_input'],
    ['over 1 MiB', { rawBody: `{"text":"${'a'.repeat(1024 * 1024)}"}` }, 413, 'payload_too_large'],
    ['in UTF-8 over 1 MiB', { rawBody: `{"text":"${'é'.repeat(600 * 1024)}"}` }, 413, 'payload_too_large'],
    ['without a type', { rawBody: '{"text":"a"}', headers: {} }, 415, 'unsupported_media_type'],
    [
      'of another type',
      { rawBody: 'text=a', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    [
      'of another charset',
      { rawBody: '{"text":"a"}', headers: { 'content-type': 'application/json; charset=latin1' } },
      415,
      'unsupported_media_type',
    ],
  ];

  const typed = (type: string) =>
    call(handler, 'POST /notes', { as: student(), rawBody: '{"text":"typed"}', headers: { 'content-type': type } });

  test.each([
    'application/json',
    'Application/JSON',
    'application/json;',
    'application/json ; ',
    'application/json; version=1',
    'application/json;charset=UTF-8;',
    'application/json; charset = "utf-8"; version=1',
    'application/json; profile="https://school.example/a;b"; charset=utf8',
    ' application/vnd.api+json;ext=x',
  ])('of the type %j is JSON', async (type) => {
    expect((await typed(type)).status).toBe(201);
  });

  test.each([
    'application/json; version=1; charset=latin1',
    'application/json; charset=utf-16',
    'application/json; charset=',
    'application/jsonp',
    'application/json, text/plain',
    'text/json',
    ';',
  ])('of the type %j is not', async (type) => {
    expect((await typed(type)).body.code).toBe('unsupported_media_type');
  });

  test.each(['gzip', 'GZIP', 'br', 'deflate, identity', 'identity, gzip', 'unheard-of'])(
    'in the coding %s is refused before it is read, and what would be taken is said',
    async (coding) => {
      const sent = { rawBody: '\u001f\u008b{', headers: json({ 'Content-Encoding': coding }) };
      const { status, body, headers } = await write('', sent);
      expect([status, body.code]).toEqual([415, 'unsupported_content_coding']);
      expect(headers['Accept-Encoding']).toBe('identity');
    },
  );

  test.each(['identity', 'Identity', ''])('in the coding "%s" is taken as it is', async (coding) => {
    expect((await write('coded', { headers: json({ 'Content-Encoding': coding }) })).status).toBe(201);
  });

  test.each([false, true])('may begin with a byte order mark (in Base64: %s)', async (base64) => {
    const text = '\ufeff{"text":"marked"}';
    const rawBody = base64 ? Buffer.from(text).toString('base64') : text;
    expect((await write('', { rawBody, base64, headers: json() })).body.text).toBe('marked');
  });

  test('has no byte order mark anywhere else', async () => {
    for (const rawBody of ['\ufeff\ufeff{"text":"a"}', '{\ufeff"text":"a"}'])
      expect((await write('', { rawBody, headers: json() })).body.code).toBe('malformed_json');
  });

  test.each(refusals)('%s is refused', async (_, sent, status, code) => {
    const answer = await call(handler, 'POST /notes', { as: student(), headers: json(), ...sent });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['Content-Type']).toMatch(/^application\/problem\+json/);
  });

  test('in base64, as the gateway sends binary types, is read as UTF-8', async () => {
    const rawBody = Buffer.from('{"text":"été"}').toString('base64');
    const { body } = await call(handler, 'POST /notes', { as: student(), rawBody, base64: true, headers: json() });
    expect(body.text).toBe('été');
  });

  test('each refused field is named, in the reader’s language', async () => {
    const sent = { body: { text: 12, role: 'admin' }, headers: json({ 'Accept-Language': 'en-GB,fr;q=0.5' }) };
    const { body } = await write('', sent);
    expect(body.title).toBe('Invalid input');
    expect(body.errors).toEqual([
      { pointer: '#/text', code: 'invalid_type', detail: 'This must be a text' },
      { pointer: '#/role', code: 'unknown_field', detail: expect.stringContaining('role') },
    ]);
    expect((await write('')).body.title).toBe('Données invalides');
  });
});

describe('an address', () => {
  test.each(['%E9', 'caf%E9', '%', '%zz', '%C3%28', '%ED%A0%80'])(
    'with the broken escape %s is told so, not of a body',
    async (id) => {
      for (const request of [`GET /notes/${id}`, `DELETE /notes/${id}`]) {
        const { status, body } = await call(handler, request, { as: admin });
        expect([status, body.code]).toEqual([400, 'malformed_address']);
      }
    },
  );

  test.each(['caf%C3%A9', '%F0%9F%98%80', '100%25'])('with the sound escape %s is read', async (id) => {
    const written = await call(handler, 'POST /notes', { as: admin, body: { id: decodeURIComponent(id), text: 'a' } });
    expect(written.status).toBe(201);
    expect((await call(handler, `GET /notes/${id}`, { as: admin })).status).toBe(200);
  });
});

describe('a query', () => {
  test('has no filter where one was left empty', async () => {
    const id = crypto.randomUUID();
    await write('', { body: { id, text: 'unfiltered' } });
    const { status, body } = await call(handler, 'GET /notes?text=&limit=200', { as: admin });
    expect(status).toBe(200);
    expect(body.map((note: { id: string }) => note.id)).toContain(id);
  });

  test.each(['unknown=', 'limit=&text=', 'cursor=&text=', 'text=&text='])(
    '%s is refused all the same',
    async (query) => {
      expect((await call(handler, `GET /notes?${query}`, { as: admin })).status).toBe(400);
    },
  );

  test.each(['limit=-1', 'limit=0', 'limit=1e9', 'limit=201', 'limit=1.5', 'unknown=1', 'limit=1&limit=2', 'cursor='])(
    '%s is refused',
    async (query) => {
      const { status, body } = await call(handler, `GET /notes?${query}`, { as: admin });
      expect([status, body.code]).toEqual([400, 'invalid_input']);
    },
  );
});

function json(others: Record<string, string> = {}) {
  return { 'content-type': 'application/json', ...others };
}

describe('two writers of one version', () => {
  test('the second is told that its version is stale', async () => {
    const { body } = await write('versioned');
    const put = (tag: string) =>
      call(handler, `PUT /notes/${body.id}`, { as: admin, body: { text: 'x' }, headers: json({ 'If-Match': tag }) });
    expect((await put('"1"')).status).toBe(200);
    expect((await put('"1"')).body.code).toBe('stale_version');
    expect((await put('nonsense')).status).toBe(412);
    expect((await put('*')).status).toBe(200);
    expect((await call(handler, `GET /notes/${body.id}`, { as: teacher })).status).toBe(404);
  });
});

describe('an Accept header', () => {
  const read = async (accept: string) => {
    const { body } = await write('accepted');
    return call(handler, `GET /notes/${body.id}`, { as: student(), headers: { Accept: accept } });
  };

  test.each([
    '*/*',
    'application/json',
    'application/*;q=0.1',
    'text/html, */*;q=0.8',
    'application/json; charset=utf-8',
  ])('that admits JSON gets it: %s', async (accept) => {
    expect((await read(accept)).status).toBe(200);
  });

  test.each(['text/html', 'application/xml, text/*', 'application/json;q=0', 'application/fhir+json'])(
    'that admits nothing we have is 406, in words that any client can read: %s',
    async (accept) => {
      const { status, body, headers } = await read(accept);
      expect([status, body.code]).toEqual([406, 'not_acceptable']);
      expect(headers['Content-Type']).toMatch(/^application\/problem\+json/);
    },
  );
});
