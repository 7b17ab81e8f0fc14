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

/** Gives the student of {@link GET_GRADES} two marks. */
export async function seedMarks(): Promise<void> {
  const { openSpace } = await import('../functions/grades/student-store.ts');
  const { addMark, draftMark } = await import('../functions/grades/mark-store.ts');
  await openSpace({ id: STUDENT, name: 'Awa Diop' });
  for (const grade of [12, 15.5]) await addMark(STUDENT, draftMark({ grade, coefficient: 1 }, 'prof'));
}
