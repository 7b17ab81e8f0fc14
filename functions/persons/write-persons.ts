import { problem as common } from '../../platform/base/problems.ts';
import { allow, reachable } from '../../platform/http/access.ts';
import { created, noContent, ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { readOnlyIn } from '../../platform/http/read-only.ts';
import { problem as accounts, requireHolder } from '../../platform/peer/holder.ts';
import { personDeleted } from './events.ts';
import { PersonFields, PersonPath, PersonView, replaced } from './person.ts';
import * as persons from './person-store.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

export const createPerson = operation({
  route: 'POST /persons',
  summary: 'Create a person',
  description:
    'A `username` is that of an account that exists; whoever has none yet claims the record later, by a code.',
  access: allow('admin', 'teacher'),
  body: PersonFields,
  answers: { 201: PersonView },
  problems: [accounts.unknown_username, common.peer_unavailable],
  changes: table,
  idempotent: true,
  versioned: true,
  async handle({ body, caller, headers, commit }) {
    await requireHolder(body.username, { caller, headers });
    const person = await persons.draft(body);
    return commit(() => ({
      writes: persons.insert(person),
      answer: created(person, `/persons/${person.id}`, { etag: person.version }),
    }));
  },
});

export const replacePerson = operation({
  route: 'PUT /persons/{id}',
  summary: 'Replace what is known of a person',
  access: allow('admin'),
  path: PersonPath,
  body: PersonFields,
  readOnly: readOnlyIn(PersonView, PersonFields),
  answers: { 200: PersonView },
  problems: [problem.person_not_found, accounts.unknown_username, common.peer_unavailable],
  changes: table,
  versioned: true,
  handle: ({ path, body, caller, headers, commit }) =>
    commit(
      async () => reachable(await persons.find(path.id), caller, problem.person_not_found),
      async (before) => {
        if (body.username !== before.username) await requireHolder(body.username, { caller, headers });
        const person = replaced(before, body);
        return { writes: persons.replace(before, person), answer: ok(person, { etag: person.version }) };
      },
    ),
});

export const deletePerson = operation({
  route: 'DELETE /persons/{id}',
  summary: 'Delete a person',
  description: 'Their health data is erased too, moments later.',
  access: allow('admin'),
  path: PersonPath,
  answers: { 204: null },
  problems: [problem.person_not_found],
  changes: table,
  versioned: true,
  handle: ({ path, preconditions, commit }) =>
    commit(() => ({
      writes: persons.erase(
        path.id,
        preconditions.unread(() => problem.person_not_found()),
      ),
      events: [personDeleted(path.id)],
      answer: noContent(),
    })),
});
