import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { json, newClass, newPhone, type Person, signedIn } from './command-line.ts';
import { sit } from './screen.ts';

/** A way to the school on which so many answers get lost, after the school has done what was asked. */
let cuts = 0;
let lost = 0;
/** What was asked for on this way, and what is held back for ever. */
const asked: string[] = [];
let held: RegExp | undefined;
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
    const line = `${request.method} ${request.url}`;
    asked.push(line);
    if (held?.test(line)) return;
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

/** A file of students who are new; `width` makes it large by a column that nobody reads. */
function newStudents(count: number, width: number): { readonly file: string; readonly class_name: string } {
  const class_name = `I${randomUUID().slice(0, 8)}`;
  const file = join(mkdtempSync(join(tmpdir(), 'campus-cuts-')), 'students.csv');
  const rows = Array.from(
    { length: count },
    (_, i) => `Élève ${i} Diop;${newPhone()};${class_name};${'x'.repeat(width)}`,
  );
  writeFileSync(file, `Nom complet;Téléphone;Classe;Remarque\n${rows.join('\n')}\n`);
  return { file, class_name };
}

const COLUMNS = ['--columns', 'name,phone,class_name,-'];

const ids = async (class_name: string) =>
  (await json<{ id: number }[]>(admin, ['students', 'list', '--class', class_name, '--all'])).map(({ id }) => id);

test.each([
  ['a small file, which goes in at once', 10],
  ['a large one, in the background', 32_000],
])('of %s, ten answers are lost, and nobody goes in twice', async (_, width) => {
  const { file, class_name } = newStudents(10, width);
  [cuts, lost] = [10, 0];
  const { code, stderr } = await admin(['students', 'import', file, ...COLUMNS, '--quiet'], {
    env: { CAMPUS_URL: through },
  });
  expect([code, stderr, lost]).toEqual([0, '', 10]);
  expect(await ids(class_name)).toHaveLength(10);
});

test('an import that Ctrl-C broke off goes on where it was with the same command', async () => {
  const { file, class_name } = newStudents(10, 32_000);
  [cuts, held] = [0, /^GET \/imports\//];
  asked.length = 0;
  const seat = sit(admin, ['students', 'import', file, ...COLUMNS], { CAMPUS_URL: through });
  await until(() => asked.some((line) => held?.test(line)));
  await seat.press('', '\u0003');
  expect(await seat.ended()).toBe(130);
  held = undefined;
  const again = await admin(['students', 'import', file, ...COLUMNS, '--json'], { env: { CAMPUS_URL: through } });
  expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { accepted: 10, rejected: 0 }]);
  expect(again.stderr).toContain('It goes on where it was');
  expect(asked.filter((line) => line === 'POST /imports')).toHaveLength(1);
  expect(await ids(class_name)).toHaveLength(10);
});
