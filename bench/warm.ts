/**
 * What the whole stack costs when warm: the CPU time of an authorised `GET /get_grades/{student_id}` against that of a
 * bare handler that makes the same three calls with the same SDK: the student, the terms, the programme of their class.
 * Goal: at most 1.15.
 *
 * Run it with `npm run bench:warm`. Both handlers run in this process, in turns, against one embedded DynamoDB.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createContext } from '../tests/support/tables.ts';
import { costOf, GET_GRADES, median, report, seedMarks, withEngines } from './support.ts';

const ROUNDS = 15;
const CALLS = 400;
type Handler = (event: typeof GET_GRADES) => Promise<{ statusCode: number; body: string }>;

function bareHandler(TableName: string): Handler {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const query = (pk: string) =>
    documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      }),
    );
  return async ({ pathParameters }) => {
    const { student_id } = pathParameters;
    const [{ Items = [] }] = await Promise.all([query(`STUDENT#${student_id}`), query('TERMS')]);
    const Key = { pk: `CLASS#alone:${student_id}`, sk: 'PROGRAMME#default' };
    await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    const profile = Items.find(({ sk }) => sk === 'PROFILE');
    const grades = Items.filter(({ sk }) => sk.startsWith('MARK#')).map(({ grade }) => grade);
    return { statusCode: 200, body: JSON.stringify({ name: profile?.name, grades }) };
  };
}

const calling = (handler: Handler) => () => handler({ ...GET_GRADES });

await withEngines(async () => {
  const { GRADES_TABLE = '' } = await createContext('grades');
  await seedMarks();
  const { handler } = (await import('../functions/grades/marks.ts')) as unknown as { handler: Handler };
  const bare = bareHandler(GRADES_TABLE);
  const [full, plain] = [await handler({ ...GET_GRADES }), await bare(GET_GRADES)];
  if (full.body !== plain.body) throw new Error(`The two answer differently: ${full.body} and ${plain.body}`);
  for (const one of [handler, bare]) await costOf(calling(one), 2 * CALLS);
  const rounds: { full: number; bare: number }[] = [];
  for (let i = 0; i < ROUNDS; i += 1)
    rounds.push({ bare: await costOf(calling(bare), CALLS), full: await costOf(calling(handler), CALLS) });
  report({
    'bare SDK handler, µs of CPU a call': median(rounds.map((round) => round.bare)),
    'whole stack, µs of CPU a call': median(rounds.map((round) => round.full)),
    'ratio (goal ≤ 1.15)': median(rounds.map((round) => round.full / round.bare)),
  });
});
