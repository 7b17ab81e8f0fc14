import { anyone } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Profile, SignUp } from './account.ts';
import * as accounts from './account-store.ts';
import { audit } from './audit.ts';
import { signUpsFrom, take } from './guesses.ts';
import { isReserved } from './look-alikes.ts';
import { hashPassword, lanes } from './passwords.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

export const signUp = operation({
  route: 'POST /users',
  summary: 'Create an account',
  description: 'Anyone may; the account is a student’s until an admin says otherwise.',
  access: anyone,
  body: SignUp,
  answers: { 201: Profile },
  problems: [problem.username_taken, problem.reserved_username, problem.too_many_attempts],
  changes: table,
  idempotent: true,
  async handle({ body: { password, ...particulars }, commit, sourceIp }) {
    lanes.making.mustHaveRoom();
    await take(signUpsFrom(sourceIp));
    if (isReserved(particulars.username)) throw problem.reserved_username();
    const account = accounts.draft({ ...particulars, password_hash: await hashPassword(password), role: 'student' });
    const answer = await commit(() => ({
      writes: accounts.insert(account),
      answer: created(account, `/users/${encodeURIComponent(account.username)}`),
    }));
    audit('account.created', { actor: 'anonymous', subject: account.username, role: 'student', source_ip: sourceIp });
    return answer;
  },
});
