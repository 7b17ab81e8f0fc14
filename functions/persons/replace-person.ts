import { allow } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { PersonFields, PersonPath, PersonView } from './person.ts';
import { replacePerson as replace } from './person-store.ts';
import { problem } from './problems.ts';

export const replacePerson = operation({
  route: 'PUT /persons/{id}',
  summary: 'Replace what is known of a person',
  access: allow('admin'),
  path: PersonPath,
  body: PersonFields,
  answers: { 200: PersonView },
  problems: [problem.person_not_found],
  versioned: true,
  async handle({ path, body, ifMatch }) {
    const person = await replace(path.id, body, ifMatch);
    return ok(person, { etag: person.version });
  },
});
