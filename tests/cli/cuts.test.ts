import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { json, newClass, type Person, signedIn } from './command-line.ts';

/** A way to the school on which so many answers get lost, after the school has done what was asked. */
let cuts = 0;
let lost = 0;
let proxy: Server;
let through: string;
let admin: Person;

beforeAll(async () => {
  const url = process.env.CAMPUS_URL ?? '';
  proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(url + request.url, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const text = await answer.text();
    if (cuts > 0) {
      cuts--;
      lost++;
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
    response.end(text);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  through = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  admin = await signedIn('admin', 'admin');
  const { code } = await admin(['login', 'admin', '--password-stdin'], {
    input: 'admin',
    env: { CAMPUS_URL: through },
  });
  if (code !== 0) throw new Error('no way through the proxy');
});
afterAll(() => {
  proxy.close();
});

test.each([1, 3])('of a mark whose answer is lost %d times there is one', async (times) => {
  const { ids } = await newClass(admin, ['Awa Diop']);
  [cuts, lost] = [times, 0];
  const { code, stderr } = await admin(['marks', 'add', `${ids[0]}`, '15'], { env: { CAMPUS_URL: through } });
  expect([code, stderr, lost]).toEqual([0, '', times]);
  expect(await json(admin, ['marks', 'show', `${ids[0]}`])).toMatchObject({ grades: [10, 15] });
});

test('a student whose enrolment and removal lost their answers is enrolled once, and removed', async () => {
  const email = `cut-${Date.now()}@example.sn`;
  [cuts, lost] = [2, 0];
  const added = await admin(['students', 'add', 'Awa Diop', '--email', email], { env: { CAMPUS_URL: through } });
  expect([added.code, added.stderr, lost]).toEqual([0, '', 2]);
  cuts = 1;
  const removed = await admin(['students', 'remove', added.stdout.trim(), '--yes'], { env: { CAMPUS_URL: through } });
  expect([removed.code, removed.stderr, lost]).toEqual([0, '', 3]);
});
