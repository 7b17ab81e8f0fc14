/** `GET /get_grades/{student_id}` with hono's own adapter for Lambda. */
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { gradesOf, mayRead } from './job.mjs';

const app = new Hono();

app.get('/get_grades/:student_id', async (c) => {
  if (!mayRead(c.env.event.requestContext.authorizer)) return c.json({ error: 'Forbidden' }, 403);
  const found = await gradesOf(c.req.param('student_id'));
  process.stdout.write(`${JSON.stringify({ level: 'INFO', path: c.req.path, found: found !== undefined })}\n`);
  return found ? c.json(found) : c.json({ error: 'Not Found' }, 404);
});

export const handler = handle(app);
