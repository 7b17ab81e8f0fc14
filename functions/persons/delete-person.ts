import { allow } from '../../platform/http/access.ts';
import { noContent } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { PersonPath } from './person.ts';
import { deletePerson as remove } from './person-store.ts';
import { problem } from './problems.ts';

export const deletePerson = operation({
  route: 'DELETE /persons/{id}',
  summary: 'Delete a person',
  description: 'Their health data is erased too, moments later.',
  access: allow('admin'),
  path: PersonPath,
  answers: { 204: null },
  problems: [problem.person_not_found],
  versioned: true,
  async handle({ path, ifMatch }) {
    await remove(path.id, ifMatch);
    return noContent();
  },
});
