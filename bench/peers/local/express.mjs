/**
 * GET /get_grades/<id> in Express 5 on SQLite, twice as in `flask_app.py` beside it, whose database it reads: without
 * authentication, and with the signature of the token verified, the session looked up and the marks read one by one.
 * SQLite is the one that Node brings, which answers within the call as better-sqlite3 does.
 */
import { createPublicKey } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import { jwtVerify } from 'jose';

const database = new DatabaseSync(process.env.GRADES_DB, { readOnly: true });
const sessionOf = database.prepare('SELECT role FROM sessions WHERE id = ? AND NOT ended');
const rowOf = database.prepare('SELECT name, grades FROM students WHERE id = ?');
const studentOf = database.prepare('SELECT name FROM students WHERE id = ?');
const marksOf = database.prepare('SELECT grade FROM marks WHERE student_id = ? ORDER BY id');

const publicKey = createPublicKey(process.env.PUBLIC_KEY);
const claimed = { algorithms: ['ES256'], issuer: 'campus', audience: 'campus-api' };

async function authorised(request, response, next) {
  const [scheme, token = ''] = (request.get('Authorization') ?? '').split(' ');
  const verified = scheme === 'Bearer' && (await jwtVerify(token, publicKey, claimed).catch(() => undefined));
  const role = verified && sessionOf.get(verified.payload.sid)?.role;
  if (role === 'admin' || role === 'teacher') return next();
  return response.status(401).json({ error: 'Non autorise' });
}

const app = express();

app.get('/get_grades/:id', (request, response) => {
  const row = rowOf.get(Number(request.params.id));
  if (!row) return response.status(404).json({ error: 'Etudiant introuvable' });
  return response.json({ name: row.name, grades: JSON.parse(row.grades) });
});

app.get('/authorised/get_grades/:id', authorised, (request, response) => {
  const id = Number(request.params.id);
  const student = studentOf.get(id);
  if (!student) return response.status(404).json({ error: 'Etudiant introuvable' });
  return response.json({ name: student.name, grades: marksOf.all(id).map(({ grade }) => grade) });
});

app.listen(Number(process.env.PORT), '127.0.0.1');
