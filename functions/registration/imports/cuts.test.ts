import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { dynamo } from '../../../platform/data/client.ts';
import { cloudEvent } from '../../../platform/events/cloud-event.ts';
import { admin, call } from '../../../tests/support/call.ts';
import { deliver } from '../../../tests/support/deliver.ts';
import { type Intervention, intervening, sdkError } from '../../../tests/support/faults.ts';
import { csv, summary } from '../../../tests/support/importing.ts';
import { received } from '../../../tests/support/messages.ts';
import { somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../imports.ts';
import { handler as worker } from '../on-import.ts';
import { handler as students } from '../students.ts';
import { STARTED } from './queue.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});
afterEach(() => {
  jest.restoreAllMocks();
});

const message = (id: string) => cloudEvent('/campus/registration', STARTED, id, { id });
const read = async (id: string) => (await call(handler, `GET /imports/${id}`, { as: admin })).body;
const start = (id: string) => call(handler, `POST /imports/${id}/start`, { as: admin });

/** An import whose file is uploaded. */
async function uploaded(file: string, more: object = {}): Promise<string> {
  const bytes = Buffer.from(file);
  const { status, body } = await call(handler, 'POST /imports', { as: admin, body: { bytes: bytes.length, ...more } });
  expect(status).toBe(201);
  const { method, url, headers } = body.upload;
  expect((await fetch(url, { method, headers, body: bytes })).status).toBe(200);
  return body.id;
}

const work = async (id: string) => expect(await deliver(worker, [message(id)])).toEqual([]);

/** A file of students whose class no other has: so many good ones, and some bad ones in between. */
function someFile(good: number, className: string): string {
  const rows = Array.from({ length: good }, (_, i) => [`Nom${i}`, 'Awa', somePhone(), className]);
  for (const at of [0, 100, 450, good]) rows.splice(at, 0, ['Mauvais', 'Numéro', '12', className]);
  return csv(['nom', 'prénom', 'téléphone', 'classe'], ...rows);
}

async function membersOf(className: string): Promise<number> {
  let [count, path] = [0, `GET /students?class_name=${className}&limit=200`];
  for (;;) {
    const { body, headers } = await call(students, path, { as: admin });
    count += body.length;
    const next = /<([^>]+)>; rel="next"/.exec(headers.Link ?? '')?.[1];
    if (!next) return count;
    path = `GET ${next}`;
  }
}

describe('an import of a large file', () => {
  test('is uploaded, started, carried out and reported; what is to be mended comes with it', async () => {
    const id = await uploaded(someFile(600, 'Grande1'));
    expect(await read(id)).toMatchObject({ state: 'waiting', rows: null, failed_rows: null, failed_rows_url: null });
    const started = await start(id);
    expect([started.status, started.body.state]).toEqual([200, 'running']);
    expect((await received(process.env.IMPORTS_QUEUE_URL ?? '')).map(({ data }) => data)).toEqual([{ id }]);
    await work(id);
    const report = await read(id);
    expect(report).toMatchObject({ state: 'done', rows: 604, rows_done: 604, refusal: null, more_errors: 0 });
    expect(summary({ body: report })).toEqual({
      accepted: 600,
      unchanged: 0,
      rejected: 4,
      errors: [
        '2 phone invalid_phone',
        '102 phone invalid_phone',
        '452 phone invalid_phone',
        '602 phone invalid_phone',
      ],
    });
    expect(report.failed_rows.split('\r\n')).toHaveLength(6);
    expect(await (await fetch(report.failed_rows_url)).text()).toBe(report.failed_rows.replace(/^\ufeff/, ''));
    expect(await membersOf('Grande1')).toBe(600);
    // Started again, or told again, it is what it is.
    expect((await start(id)).body.state).toBe('done');
    await work(id);
    expect(await read(id)).toMatchObject({ state: 'done', accepted: 600 });
  });

  test('of which nothing is uploaded, or something of another size, does not start', async () => {
    const { body } = await call(handler, 'POST /imports', { as: admin, body: { bytes: 5 } });
    expect((await start(body.id)).body.code).toBe('not_uploaded');
    const { method, url, headers } = body.upload;
    await fetch(url, { method, headers: { ...headers, 'content-length': '3' }, body: 'abc' });
    expect((await start(body.id)).body.code).toBe('not_uploaded');
    expect((await start(crypto.randomUUID())).body.code).toBe('import_not_found');
  });

  test('of which nothing can be made fails, and says why in the language of whoever sent it', async () => {
    const id = await uploaded('%PDF-1.7');
    await start(id);
    await work(id);
    expect(await read(id)).toMatchObject({
      state: 'failed',
      refusal: { code: 'not_a_table', detail: 'Ce n’est ni un fichier CSV ni un classeur XLSX' },
    });
  });

  test('says in a dry run what the real one then does', async () => {
    const file = someFile(520, 'Grande2');
    const [dry, real] = [await uploaded(file, { dry_run: true }), await uploaded(file)];
    for (const id of [dry, real]) {
      await start(id);
      await work(id);
    }
    const [said, done] = [await read(dry), await read(real)];
    expect(summary({ body: said })).toEqual(summary({ body: done }));
    expect(said.failed_rows).toBe(done.failed_rows);
  });

  test('hands over to the next invocation when its time is up', async () => {
    const id = await uploaded(someFile(1200, 'Grande3'));
    await start(id);
    await received(process.env.IMPORTS_QUEUE_URL ?? '');
    let now = Date.now();
    // Each look at the clock is ten seconds on.
    jest.spyOn(clock, 'now').mockImplementation(() => (now += 10_000));
    let invocations = 0;
    for (let messages = [message(id)]; messages.length > 0; invocations += 1) {
      expect(await deliver(worker, messages)).toEqual([]);
      messages = (await received(process.env.IMPORTS_QUEUE_URL ?? '')) as typeof messages;
    }
    expect(invocations).toBeGreaterThan(1);
    expect(await read(id)).toMatchObject({ state: 'done', accepted: 1200, rejected: 4 });
  });
});

describe('cut off', () => {
  /** Lets so many calls of the table through, and none after them: what a process that is killed leaves behind. */
  function dyingAfter(calls: number): Intervention {
    let left = calls;
    return (_, proceed) => {
      left -= 1;
      return left >= 0 ? proceed() : Promise.reject(sdkError('killed'));
    };
  }

  test('ten times, at any moment, it ends with every row imported once and each counted once', async () => {
    const id = await uploaded(someFile(700, 'Coupee'));
    await start(id);
    let cuts = 0;
    for (const calls of [0, 1, 3, 5, 8, 12, 9, 14, 11, 17, 6]) {
      const failed = await intervening(dynamo, dyingAfter(calls), () => deliver(worker, [message(id)]));
      if (failed.length > 0) cuts += 1;
    }
    expect(cuts).toBeGreaterThanOrEqual(10);
    await work(id);
    const report = await read(id);
    expect(report).toMatchObject({
      state: 'done',
      rows: 704,
      rows_done: 704,
      accepted: 700,
      unchanged: 0,
      rejected: 4,
    });
    expect(report.failed_rows.split('\r\n')).toHaveLength(6);
    expect(await membersOf('Coupee')).toBe(700);
  });

  test('and taken over, the invocation before writes nothing about it any more', async () => {
    const id = await uploaded(someFile(600, 'Double'));
    await start(id);
    // Both at once, as a queue may hand a message out twice.
    await Promise.all([deliver(worker, [message(id)]), deliver(worker, [message(id)])]);
    await work(id);
    expect(await read(id)).toMatchObject({ state: 'done', accepted: 600, rejected: 4 });
    expect(await membersOf('Double')).toBe(600);
  });
});
