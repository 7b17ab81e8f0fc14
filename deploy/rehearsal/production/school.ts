import { BatchWriteItemCommand, DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { until } from '../../../project/until.ts';
import type { Api } from '../api.ts';
import { EMULATED } from '../emulated.ts';
import { expect } from '../steps.ts';

/** What a school did before a moment, to be found again. */
export interface Lived {
  readonly student: string;
  readonly article: string;
  readonly orders: number;
}

type Body = Record<string, unknown>;

/** A call that must succeed. @returns its body */
async function done(api: Api, token: string, [method, path, body]: readonly [string, string, unknown?]): Promise<Body> {
  const answer = await api.call(method, path, body, token);
  expect(answer.status < 300, `${method} ${path} answers ${answer.status} ${answer.body.code}`);
  return answer.body;
}

async function enrol(api: Api, admin: string, name: string): Promise<string> {
  const email = `${name.toLowerCase()}.${Date.now()}@example.org`;
  return String((await done(api, admin, ['POST', '/register', { name: `${name} Diop`, email }])).id);
}

const marksOf = async (api: Api, token: string, student: string): Promise<unknown> =>
  (await api.call('GET', `/get_grades/${student}`, undefined, token)).body.grades;

const ordersOf = async (api: Api): Promise<number> =>
  ((await done(api, await api.logIn('victor', '1234'), ['GET', '/orders/victor/purchases'])).purchases as []).length;

/** A student with two marks, known to grades by SQS, an article, and an order of it. */
export async function live(api: Api): Promise<Lived> {
  const [admin, teacher, victor] = await Promise.all([
    api.logIn('admin', 'admin'),
    api.logIn('prof', 'prof'),
    api.logIn('victor', '1234'),
  ]);
  const student = await enrol(api, admin, 'Awa');
  await done(api, admin, ['POST', `/notify_grades/${student}`]);
  await until(async () => (await marksOf(api, teacher, student)) !== undefined, { what: 'grades knows the student' });
  for (const grade of [12, 15.5]) await done(api, teacher, ['POST', `/add_grade/${student}`, { grade }]);
  const product = { name: `Compas ${Date.now()}`, price: 900, stock: 10 };
  const article = String((await done(api, admin, ['POST', '/products', product])).id);
  await done(api, victor, ['POST', '/orders/victor/buy', { article_id: Number(article) }]);
  return { student, article, orders: await ordersOf(api) };
}

/** What should not have happened, over HTTP and past it: a student deleted, one enrolled, orders lost, a name overwritten. */
export async function harm(api: Api, endpoint: string, { student, article }: Lived): Promise<string> {
  const [admin, teacher, victor] = await Promise.all([
    api.logIn('admin', 'admin'),
    api.logIn('prof', 'prof'),
    api.logIn('victor', '1234'),
  ]);
  await done(api, teacher, ['POST', `/add_grade/${student}`, { grade: 0 }]);
  await done(api, admin, ['DELETE', `/students/${student}`]);
  await done(api, victor, ['POST', '/orders/victor/buy', { article_id: Number(article), quantity: 3 }]);
  const stranger = await enrol(api, admin, 'Moussa');
  const client = new DynamoDBClient({ ...EMULATED, endpoint });
  await emptyTable(client, 'campus-prod-orders');
  await client.send(new PutItemCommand({ TableName: 'campus-prod-persons', Item: JUNK }));
  return stranger;
}

const JUNK = { pk: { S: 'junk' }, sk: { S: 'junk' }, was: { S: 'never here' } };

async function emptyTable(client: DynamoDBClient, TableName: string): Promise<void> {
  for await (const { Items = [] } of paginateScan({ client, pageSize: 25 }, { TableName })) {
    const requests = Items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk: pk as never, sk: sk as never } } }));
    if (requests.length > 0) await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  }
}

/** @throws Error unless all is there that was lived, and the stranger is not */
export async function expectLived(api: Api, { student, article, orders }: Lived, stranger: string): Promise<void> {
  const [admin, teacher] = [await api.logIn('admin', 'admin'), await api.logIn('prof', 'prof')];
  const status = async (path: string) => (await api.call('GET', path, undefined, admin)).status;
  const marks = JSON.stringify(await marksOf(api, teacher, student));
  expect(marks === '[12,15.5]', `the marks are ${marks}`);
  expect((await status(`/students/${student}`)) === 200, 'the student that was deleted is not there');
  expect((await status(`/students/${stranger}`)) === 404, 'the student that came later is there');
  expect((await status(`/products/${article}`)) === 200, 'the article is not there');
  const found = await ordersOf(api);
  expect(found === orders, `${found} purchases, and there were ${orders}`);
}

/** How many items the tables of `prod` have, all together. */
export async function itemsOf(endpoint: string, contexts: readonly string[]): Promise<number> {
  const client = new DynamoDBClient({ ...EMULATED, endpoint });
  let items = 0;
  for (const context of contexts)
    for await (const { Count = 0 } of paginateScan(
      { client },
      { TableName: `campus-prod-${context}`, Select: 'COUNT' },
    ))
      items += Count;
  return items;
}
