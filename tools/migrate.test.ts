import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { handler as accounts } from '../functions/auth/accounts.ts';
import { handler as products } from '../functions/orders/products.ts';
import { handler as persons } from '../functions/persons/persons.ts';
import { handler as students } from '../functions/registration/students.ts';
import { documents } from '../platform/data/client.ts';
import type { HttpHandler } from '../platform/http/endpoint.ts';
import { projectRoot } from '../project/root.ts';
import { admin, call } from '../tests/support/call.ts';
import former from '../tests/support/fixtures/former-items.json' with { type: 'json' };
import { everything } from '../tests/support/shop-books.ts';
import { createContext } from '../tests/support/tables.ts';
import { CONTEXTS, migrate, TABLES, type Tally } from './migrating.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'campus-migrate-'));
const checkpoint = join(folder, 'migrate.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** Fresh tables with the items that the version before wrote. */
async function yesterday(): Promise<void> {
  await createContext('persons', 'health', 'registration', 'grades', 'orders', 'auth');
  for (const [variable, items] of Object.entries(former)) {
    const table = process.env[variable] ?? '';
    for (let i = 0; i < items.length; i += 25) {
      const requests = items.slice(i, i + 25).map((Item) => ({ PutRequest: { Item } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    }
  }
}

const sum = (tallies: readonly Tally[], of: 'items' | 'changed') => tallies.reduce((all, one) => all + one[of], 0);

const named = async (handler: HttpHandler, path: string): Promise<string[]> => {
  const { status, body } = await call(handler, `GET ${encodeURI(path)}`, { as: admin });
  expect(status).toBe(200);
  return body.map((one: { name?: string; username: string }) => one.name ?? one.username);
};

/** Lists and searches, with what they are to give of yesterday's names. */
const QUESTIONS: readonly (readonly [handler: HttpHandler, path: string, names: readonly string[]])[] = [
  [persons, '/persons?q=bea n’diaye', ['Bea NʼDiaye']],
  [persons, '/persons?q=oedipe', ['Œdipe Roi']],
  [persons, '/persons?q=иван йовков', ['Иван Йовков']],
  [persons, '/persons?q=иван иовков', []],
  [persons, '/persons?q=राम किरण', ['राम किरण']],
  [students, "/students?last_name=n'diaye", ['Awa N’Diaye', 'Bea NʼDiaye', "Cid N'Diaye"]],
  [students, '/students?last_name=luczak', ['Zoé Łuczak']],
  [students, '/students?last_name=weiss', ['Søren Weiß']],
  [students, '/students?first_name=soren', ['Søren Weiß']],
  [students, '/students?first_name=cher', ['Cher']],
  [students, '/students?class_name=coeur&last_name=d', []],
  [students, "/students?class_name=classe l'ete&last_name=d", ['Awa Diop']],
  [products, '/products?q=nʻdiaye bea', ['Cahier Bea NʼDiaye']],
  [products, '/products?q=oeuvre', ['Retiré Œuvre']],
  [products, '/products?q=किरण', ['Cahier राम किरण']],
  [accounts, '/users?q=soren', ['søren']],
  [accounts, '/users?q=dor', ['đorđe']],
];

async function expectAnswers(): Promise<void> {
  for (const [handler, path, names] of QUESTIONS)
    expect([path, (await named(handler, path)).sort()]).toEqual([path, [...names].sort()]);
  const all = await named(products, '/products?limit=200');
  expect(all).toHaveLength(15);
  expect(all.indexOf('Cahier Awa Diop')).toBe(all.indexOf('Cahier Awa Diop Ba') - 1);
}

const snapshot = async () => Promise.all(TABLES.map((name) => everything(process.env[name] ?? '')));

describe('yesterday’s names', () => {
  beforeEach(yesterday);

  test('are found as today’s are, once they are folded as today’s are', async () => {
    expect(await named(persons, '/persons?q=oedipe')).toEqual([]);
    const tallies = await migrate();
    expect(tallies.map(({ changed }) => changed > 0)).toEqual(TABLES.map(() => true));
    await expectAnswers();
  });

  test('are folded once: a second run changes nothing', async () => {
    await migrate();
    const before = await snapshot();
    expect(sum(await migrate(), 'changed')).toBe(0);
    expect(sum(await migrate({ all: true }), 'changed')).toBe(0);
    expect(await snapshot()).toEqual(before);
  });

  test('say after that that they are in today’s format, all items of theirs and beside them', async () => {
    await migrate();
    for (const [i, { table }] of Object.values(CONTEXTS).entries())
      expect(new Set((await snapshot())[i]?.map(({ fmt }) => fmt))).toEqual(new Set([table.formats.format]));
  });

  test('are found by a look at all, whatever their items say', async () => {
    for (const variable of TABLES)
      for (const item of await everything(process.env[variable] ?? ''))
        await documents.send(new PutCommand({ TableName: process.env[variable], Item: { ...item, fmt: 2 } }));
    expect(sum(await migrate(), 'changed')).toBe(0);
    expect(sum(await migrate({ all: true }), 'changed')).toBeGreaterThan(60);
    await expectAnswers();
  });

  test('are only counted by a dry run', async () => {
    const before = await snapshot();
    expect(sum(await migrate({ dryRun: true }), 'changed')).toBeGreaterThan(60);
    expect(await snapshot()).toEqual(before);
  });

  test('are all folded by a run that goes on where another was broken off', async () => {
    let pages = 0;
    const broken = migrate({
      checkpoint,
      page: 7,
      onPage: () => {
        pages += 1;
        if (pages === 9) throw new Error('broken off');
      },
    });
    await expect(broken).rejects.toThrow('broken off');
    expect(existsSync(checkpoint)).toBe(true);
    const rest = await migrate({ checkpoint, page: 7 });
    const all = sum(await migrate(), 'items');
    expect(sum(rest, 'items')).toBeLessThan(all);
    await expectAnswers();
    expect(existsSync(checkpoint)).toBe(false);
  });

  test('stay what somebody makes of them meanwhile', async () => {
    const renamings = Array.from({ length: 14 }, (_, i) => i + 1).flatMap((id) => [
      call(persons, `PUT /persons/${id}`, { as: admin, body: { name: `Renommé Cœur ${id}` } }),
      call(students, `PATCH /students/${id}`, { as: admin, body: { name: `Nouveau N’Nom${id}` } }),
      call(products, `PUT /products/${id}`, { as: admin, body: { name: `Classeur Œuf ${id}`, price: 5 } }),
    ]);
    const [answers] = await Promise.all([Promise.all(renamings), migrate({ page: 3 })]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await named(persons, '/persons?q=renomme coeur&limit=200')).toHaveLength(14);
    expect(await named(students, "/students?last_name=n'nom&limit=200")).toHaveLength(14);
    expect(await named(products, '/products?q=oeuf&limit=200')).toHaveLength(14);
    expect(sum(await migrate(), 'changed')).toBe(0);
    expect(await named(products, '/products?limit=200')).toHaveLength(15);
  });
});

describe('npm run db:migrate', () => {
  const migrateBy = (...args: string[]) =>
    run(process.execPath, [join(projectRoot, 'tools/migrate.ts'), ...args], { env: process.env });

  test('says what it does', async () => {
    expect((await migrateBy('--help')).stdout).toMatch(/^npm run db:migrate/);
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    expect(scripts['db:migrate']).toBe('node tools/migrate.ts');
  });

  test.each([['--page', '0'], ['--page', 'many'], ['--sideways']])('refuses %s %s', async (...args) => {
    await expect(migrateBy(...args)).rejects.toMatchObject({ code: 2 });
  });

  test('names a table that it does not find, and stops', async () => {
    await expect(migrateBy('--stage', 'nowhere')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Not finished: /),
    });
  });
});
