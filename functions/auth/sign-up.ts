import { anyone } from '../../platform/http/access.ts';
import { created } from '../../platform/http/answer.ts';
import { operation } from '../../platform/http/operation.ts';
import { Profile, SignUp } from './account.ts';
import { draftAccount, insertAccount } from './account-store.ts';
import { audit } from './audit.ts';
import { hashPassword } from './passwords.ts';
import { problem } from './problems.ts';
import { table } from './table.ts';

export const signUp = operation({
  route: 'POST /users',
  summary: 'Create an account',
  description: 'Anyone may; the account is a student’s until an admin says otherwise.',
  access: anyone,
  body: SignUp,
  answers: { 201: Profile },
  problems: [problem.username_taken],
  idempotentIn: table,
  async handle({ body: { password, ...particulars }, idempotency, sourceIp }) {
    const password_hash = await hashPassword(password);
    const account = draftAccount({ ...particulars, password_hash, role: 'student' });
    const answer = created(account, `/users/${encodeURIComponent(account.username)}`);
    await insertAccount(account, idempotency.record(answer));
    audit('account.created', { actor: 'anonymous', subject: account.username, role: 'student', source_ip: sourceIp });
    return answer;
  },
});
