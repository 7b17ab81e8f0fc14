/**
 * What the whole stack costs when warm: the CPU time of an authorised `GET /get_grades/{student_id}` against that of a
 * bare handler that makes the same call with the same SDK. Goal: at most 1.15.
 *
 * Run it with `npm run bench:warm`. Both handlers run in this process, in turns, against one embedded DynamoDB.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createContext } from '../tests/support/tables.ts';
import { GET_GRADES, seedMarks } from './grades.ts';
import { median, report, withEngines } from './support.ts';

const ROUNDS = 15;
const CALLS = 400;
type Handler = (event: typeof GET_GRADES) => Promise<{ statusCode: number; body: string }>;

function bareHandler(TableName: string): Handler {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return async ({ pathParameters }) => {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `STUDENT#${pathParameters.student_id}` },
        ConsistentRead: true,
      }),
    );
    const profile = Items.find(({ sk }) => sk === 'PROFILE');
    const grades = Items.filter(({ sk }) => sk !== 'PROFILE').map(({ grade }) => grade);
    return { statusCode: 200, body: JSON.stringify({ name: profile?.name, grades }) };
  };
}

/** Microseconds of CPU, user and system, per call. */
async function costOf(handler: Handler, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i += 1) await handler({ ...GET_GRADES });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

await withEngines(async () => {
  const { GRADES_TABLE = '' } = await createContext('grades');
  await seedMarks();
  const { handler } = (await import('../functions/grades/marks.ts')) as unknown as { handler: Handler };
  const bare = bareHandler(GRADES_TABLE);
  const [full, plain] = [await handler({ ...GET_GRADES }), await bare(GET_GRADES)];
  if (full.body !== plain.body) throw new Error(`The two answer differently: ${full.body} and ${plain.body}`);
  for (const one of [handler, bare]) await costOf(one, 2 * CALLS);
  const rounds: { full: number; bare: number }[] = [];
  for (let i = 0; i < ROUNDS; i += 1)
    rounds.push({ bare: await costOf(bare, CALLS), full: await costOf(handler, CALLS) });
  report({
    'bare SDK handler, µs of CPU a call': median(rounds.map((round) => round.bare)),
    'whole stack, µs of CPU a call': median(rounds.map((round) => round.full)),
    'ratio (goal ≤ 1.15)': median(rounds.map((round) => round.full / round.bare)),
  });
});
