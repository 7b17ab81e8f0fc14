import { endpoint } from '../../platform/http/endpoint.ts';
import { changeProfile } from './change-profile.ts';
import { redriveAuthLetters, showAuthLetters } from './dead-letters.ts';
import { deleteAccount } from './delete-account.ts';
import { listAccounts, readProfile } from './read-accounts.ts';
import { signUp } from './sign-up.ts';
import { verifyCredentials } from './verify-credentials.ts';

export const handler = endpoint(
  signUp,
  verifyCredentials,
  listAccounts,
  readProfile,
  changeProfile,
  deleteAccount,
  showAuthLetters,
  redriveAuthLetters,
);
