import type { KeyPart } from '../../platform/base/key-part.ts';
import { invalidField } from '../../platform/schema/input.ts';
import { authenticate } from './authenticate.ts';

const REQUIRED = { fr: 'Le mot de passe actuel est requis', en: 'The present password is required' };
const WRONG = { fr: 'Le mot de passe actuel est incorrect', en: 'The present password is wrong' };

/** The password that somebody sends of their own account, and where in the request it stands. */
interface Proof {
  readonly username: KeyPart;
  readonly password: string | undefined;
  readonly pointer: string;
  readonly sourceIp: string;
}

/**
 * Has somebody prove that the account is theirs, before it is taken over or deleted: a stolen access token alone must not
 * do. A wrong password counts as a guess.
 * @throws invalid_input for a missing or wrong one, too_many_attempts, busy
 */
export async function confirmPassword({ username, password, pointer, sourceIp }: Proof): Promise<void> {
  if (password === undefined) throw invalidField(pointer, 'required', REQUIRED);
  const account = await authenticate({ username, password }, { sourceIp, purpose: 'password.confirmed' });
  if (!account) throw invalidField(pointer, 'wrong_password', WRONG);
}
