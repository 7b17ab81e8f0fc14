import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { PersonPath, PersonView } from './person.ts';
import { findPerson } from './person-store.ts';
import { problem } from './problems.ts';

export const readPerson = operation({
  route: 'GET /persons/{id}',
  summary: 'Read a person',
  access: allow('admin', 'teacher', 'owner'),
  path: PersonPath,
  answers: { 200: PersonView },
  problems: [problem.person_not_found],
  versioned: true,
  async handle({ path, caller }) {
    const person = reachable(await findPerson(path.id), caller, problem.person_not_found);
    return ok(person, { etag: person.version });
  },
});
