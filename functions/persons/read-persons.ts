import * as z from 'zod';
import { allow, reachable } from '../../platform/http/access.ts';
import { ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Username } from '../../platform/schema/username.ts';
import { PersonPath, PersonView } from './person.ts';
import * as persons from './person-store.ts';
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
    const person = reachable(await persons.find(path.id), caller, problem.person_not_found);
    return ok(person, { etag: person.version });
  },
});

export const listPersons = operation({
  route: 'GET /persons',
  summary: 'List persons by name',
  description: '`q` is the beginning of a name; accents, case and the kind of an apostrophe do not count.',
  access: allow('admin', 'teacher'),
  query: z.object({ q: z.string().max(200).default('') }),
  answers: { 200: z.array(PersonView) },
  paged: true,
  async handle({ query, paging }) {
    const { items, next } = await persons.list(query.q, paging);
    return ok(items, { next });
  },
});

export const listPersonsOf = operation({
  route: 'GET /persons/owned',
  summary: 'The persons whose record is an account’s',
  description:
    'By name. One’s own; an admin may ask for those of `username`. Sifted from all persons: a page may be short with more to follow.',
  access: allow('admin', 'owner'),
  query: z.object({ username: Username.optional() }),
  answers: { 200: z.array(PersonView) },
  problems: [problem.person_not_found],
  paged: true,
  async handle({ query, caller, paging }) {
    const { username = caller.username } = query;
    if (!caller.mayReach({ username })) throw problem.person_not_found();
    const { items, next } = await persons.listOf(username, paging);
    return ok(items, { next });
  },
});
