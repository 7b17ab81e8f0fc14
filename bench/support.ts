import { startEngines, stopEngines } from '../tests/support/engines.ts';

/** What work costs: microseconds of CPU, user and system, per call, on average over this many calls. */
export async function costOf(work: () => Promise<unknown>, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

/** Embedded engines of its own, with logging as in production, until it is disposed of. */
export async function engines(): Promise<AsyncDisposable> {
  // It costs 40 ms a start and says nothing about us.
  delete process.env.NODE_EXTRA_CA_CERTS;
  process.env.CAMPUS_LOG_LEVEL = 'INFO';
  await startEngines();
  return { [Symbol.asyncDispose]: stopEngines };
}
const STUDENT = 1;

/** `GET /get_grades/{student_id}` by a teacher, as API Gateway hands it over. */
export const GET_GRADES = {
  httpMethod: 'GET',
  path: `/get_grades/${STUDENT}`,
  resource: '/get_grades/{student_id}',
  pathParameters: { student_id: String(STUDENT) },
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  headers: { Accept: '*/*', 'User-Agent': 'bench', Host: 'localhost' },
  body: null,
  isBase64Encoded: false,
  requestContext: {
    requestId: '5f0c2f0e-6a1e-4b59-9f6c-0d5c8f4e7a11',
    path: `/get_grades/${STUDENT}`,
    authorizer: { username: 'prof', role: 'teacher', session_id: 's' },
    identity: { sourceIp: '127.0.0.1' },
  },
};

/** What Lambda hands over beside an event, as far as anybody here reads it. */
export const CONTEXT = {
  functionName: 'grades',
  functionVersion: '1',
  memoryLimitInMB: '1024',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-3:000000000000:function:grades',
  awsRequestId: GET_GRADES.requestContext.requestId,
};

/** A program that loads a bundle beside it, answers {@link GET_GRADES} once and prints the body, behind its log. */
export const answersOnce = (bundle: string): string => `
  import { handler } from '${bundle}';
  const { statusCode, body } = await handler(${JSON.stringify(GET_GRADES)}, ${JSON.stringify(CONTEXT)});
  if (statusCode !== 200) throw new Error(body);
  process.stdout.write(body);
  process.exit(0);
`;

/** A program that loads the bundle beside it, and ends. */
export const LOADS = "await import('./index.mjs'); process.exit(0);";

/** Gives the student of {@link GET_GRADES} two marks. */
export async function seedMarks(): Promise<void> {
  const { commit } = await import('../platform/events/commit.ts');
  const marks = await import('../functions/grades/marks/mark-store.ts');
  const { place } = await import('../functions/grades/marks/place.ts');
  const students = await import('../functions/grades/students/student-store.ts');
  const { table } = await import('../functions/grades/table.ts');
  const entered = [12, 15.5].map((grade) => marks.draft({ grade, coefficient: 1 }, 'prof'));
  await commit(table, async () => ({ writes: await students.open({ id: STUDENT, name: 'Awa Diop' }, undefined) }));
  for (const mark of entered)
    await commit(table, async () => ({ writes: marks.insert(STUDENT, mark, await place(STUDENT)) }));
}
