import { invalidField } from '../../platform/http/input.ts';
import type { AccountChange } from './account.ts';
import { authenticate } from './credentials.ts';

const REQUIRED = { fr: 'L’ancien mot de passe est requis', en: 'The old password is required' };
const WRONG = { fr: 'L’ancien mot de passe est incorrect', en: 'The old password is wrong' };

/**
 * Has whoever changes their own password prove the old one: a stolen access token alone must not take the account over.
 * @throws invalid_input for a missing or wrong one, too_many_attempts
 */
export async function confirmPassword(
  username: string,
  { password, old_password }: AccountChange,
  sourceIp: string,
): Promise<void> {
  if (password === undefined) return;
  if (old_password === undefined) throw invalidField('#/old_password', 'required', REQUIRED);
  const account = await authenticate({ username, password: old_password }, { sourceIp, purpose: 'password.confirmed' });
  if (!account) throw invalidField('#/old_password', 'wrong_password', WRONG);
}
