import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { callAws } from '../platform/aws/call.ts';
import { createContext } from '../tests/support/tables.ts';
import type { Bench } from './frame.ts';
import { figure, over } from './lives.ts';
import { costOf, engines, GET_GRADES, seedMarks } from './support.ts';

const CALLS = 150;
type Handler = (event: typeof GET_GRADES) => Promise<{ statusCode: number; body: string }>;

interface Ask {
  query(pk: string): Promise<Record<string, unknown>[]>;
  get(key: Record<'pk' | 'sk', string>): Promise<unknown>;
}

/** The job without a stack: the student with their marks, the terms, the programme of their class. */
const handlerOf =
  ({ query, get }: Ask): Handler =>
  async ({ pathParameters }) => {
    const { student_id } = pathParameters;
    const [items] = await Promise.all([query(`STUDENT#${student_id}`), query('TERMS')]);
    await get({ pk: `CLASS#alone:${student_id}`, sk: 'PROGRAMME#default' });
    const profile = items.find(({ sk }) => sk === 'PROFILE');
    const grades = items.filter(({ sk }) => String(sk).startsWith('MARK#')).map(({ grade }) => grade);
    return { statusCode: 200, body: JSON.stringify({ name: profile?.name, grades }) };
  };

const questionOf = (TableName: string) => ({ TableName, KeyConditionExpression: 'pk = :pk', ConsistentRead: true });

/** With the SDK as it comes. */
function bareHandler(TableName: string): Handler {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return handlerOf({
    async query(pk) {
      const ExpressionAttributeValues = { ':pk': pk };
      const { Items = [] } = await documents.send(
        new QueryCommand({ ...questionOf(TableName), ExpressionAttributeValues }),
      );
      return Items;
    },
    get: (Key) => documents.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
  });
}

/** Without the SDK. */
function signedHandler(TableName: string): Handler {
  return handlerOf({
    async query(pk) {
      const ExpressionAttributeValues = { ':pk': { S: pk } };
      const input = { ...questionOf(TableName), ExpressionAttributeValues };
      const { Items } = await callAws<{ Items: Parameters<typeof unmarshall>[0][] }>('dynamodb', 'Query', input);
      return Items.map((item) => unmarshall(item));
    },
    get({ pk, sk }) {
      const Key = { pk: { S: pk }, sk: { S: sk } };
      return callAws('dynamodb', 'GetItem', { TableName, Key, ConsistentRead: true });
    },
  });
}

const calling = (handler: Handler) => () => handler({ ...GET_GRADES });

export const bench: Bench = {
  about:
    'What the whole stack costs when warm: the CPU time of an authorised `GET /get_grades/{student_id}` against that of a bare handler that makes the same three calls with the same SDK, and against the same three calls signed by hand. All in one process, in turns, against one embedded DynamoDB.',
  rounds: 9,
  rows: [
    { what: 'the whole stack ÷ a bare SDK handler', unit: '×', better: 'lower', goal: 0.8, of: over('full', 'bare') },
    { what: 'the whole stack ÷ hand-signed requests', unit: '×', better: 'lower', of: over('full', 'signed') },
    { what: 'the whole stack', unit: 'µs', better: 'lower', of: figure('full') },
    { what: 'the bare SDK handler', unit: 'µs', better: 'lower', of: figure('bare') },
    { what: 'hand-signed requests', unit: 'µs', better: 'lower', of: figure('signed') },
  ],
  async *measure() {
    await using _ = await engines();
    const { GRADES_TABLE = '' } = await createContext('grades');
    await seedMarks();
    const { handler: full } = (await import('../functions/grades/marks.ts')) as unknown as { handler: Handler };
    const [bare, signed] = [bareHandler(GRADES_TABLE), signedHandler(GRADES_TABLE)];
    const answers = await Promise.all([full, bare, signed].map((one) => one({ ...GET_GRADES })));
    const bodies = new Set(answers.map(({ body }) => body));
    if (bodies.size > 1) throw new Error(`They answer differently: ${[...bodies].join(' and ')}`);
    for (const one of [full, bare, signed]) await costOf(calling(one), 2 * CALLS);
    while (true)
      yield {
        bare: await costOf(calling(bare), CALLS),
        full: await costOf(calling(full), CALLS),
        signed: await costOf(calling(signed), CALLS),
      };
  },
};
