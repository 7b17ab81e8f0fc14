/** `GET /get_grades/{student_id}` with middy and Powertools. */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import * as z from 'zod';
import { gradesOf, mayRead } from './job.mjs';

const logger = new Logger({ serviceName: 'grades' });
const Path = z.object({ student_id: z.coerce.number().int().positive() });

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

export const handler = middy(async (event) => {
  if (!mayRead(event.requestContext.authorizer)) return answer(403, { error: 'Forbidden' });
  const path = Path.safeParse(event.pathParameters);
  if (!path.success) return answer(400, { error: 'Bad Request' });
  const found = await gradesOf(path.data.student_id);
  logger.info('answered', { student_id: path.data.student_id, found: found !== undefined });
  return found ? answer(200, found) : answer(404, { error: 'Not Found' });
}).use(injectLambdaContext(logger));
