/** `GET /get_grades/{student_id}` with Express 5 behind `serverless-http`. */
import express from 'express';
import serverless from 'serverless-http';
import { gradesOf, mayRead } from './job.mjs';

const app = express();

app.get('/get_grades/:student_id', async (request, response) => {
  if (!mayRead(request.requestContext.authorizer)) return response.status(403).json({ error: 'Forbidden' });
  const found = await gradesOf(request.params.student_id);
  process.stdout.write(`${JSON.stringify({ level: 'INFO', path: request.path, found: found !== undefined })}\n`);
  return found ? response.json(found) : response.status(404).json({ error: 'Not Found' });
});

export const handler = serverless(app);
