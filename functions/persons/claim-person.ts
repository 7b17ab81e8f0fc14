import * as z from 'zod';
import { timestamp } from '../../platform/base/clock.ts';
import { problem as common } from '../../platform/base/problems.ts';
import {
  ClaimCode,
  claimable,
  problem as codes,
  countClaim,
  findCode,
  issueCode,
  mustBeUnclaimed,
} from '../../platform/data/claim-code.ts';
import { allow, reachable, signedIn } from '../../platform/http/access.ts';
import { created, ok } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { PersonPath, PersonView } from './person.ts';
import * as persons from './person-store.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

export const issuePersonCode = operation({
  route: 'POST /persons/{id}/claim-code',
  summary: 'Hand out a code by which a person claims their record',
  description:
    'For a person who was recorded before they signed up. It is shown this once, serves once, within 30 days; a new one voids the one before.',
  access: allow('admin'),
  path: PersonPath,
  answers: { 201: z.object({ code: z.string(), expires_at: z.iso.datetime() }) },
  problems: [problem.person_not_found, codes.already_claimed],
  changes: table,
  // Not idempotent: a remembered answer would keep the code readable.
  handle: ({ path, caller, commit }) =>
    commit(
      async () => reachable(await persons.find(path.id), caller, problem.person_not_found),
      async (person) => {
        mustBeUnclaimed(person);
        const { writes, ...issued } = await issueCode(person.id);
        return { writes, answer: created(issued, `/persons/${person.id}`) };
      },
    ),
});

/** The person that a code stands for, and what uses the code up. @throws claim_code_not_found */
async function unclaimed(code: string) {
  const { id, writes } = await findCode(table, code);
  return { person: claimable(await persons.find(id)), used: writes };
}

export const claimPerson = operation({
  route: 'POST /persons/claim',
  summary: 'Claim one’s record by a code',
  description:
    'The record, and the health data kept under it, is the caller’s from then on. Case, spaces and dashes of the code do not count. Ten tries an hour.',
  access: signedIn,
  body: z.strictObject({ code: ClaimCode }),
  answers: { 200: PersonView },
  problems: [codes.claim_code_not_found, common.too_many_requests],
  changes: table,
  async handle({ body, caller, commit }) {
    await countClaim(table, caller.username);
    return commit(
      () => unclaimed(body.code),
      ({ person: before, used }) => {
        const { username } = caller;
        const person = { ...before, username, updated_at: timestamp(), version: before.version + 1 };
        return { writes: [...persons.replace(before, person), ...used], answer: ok(person) };
      },
    );
  },
});
