import { allow } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { PersonFields, PersonView } from './person.ts';
import { draftPerson, insertPerson } from './person-store.ts';
import { table } from './table.ts';

export const createPerson = operation({
  route: 'POST /persons',
  summary: 'Create a person',
  access: allow('admin', 'teacher'),
  body: PersonFields,
  answers: { 201: PersonView },
  idempotentIn: table,
  versioned: true,
  async handle({ body, idempotency }) {
    const person = await draftPerson(body);
    const answer = created(person, `/persons/${person.id}`, { etag: person.version });
    await insertPerson(person, idempotency.record(answer));
    return answer;
  },
});
