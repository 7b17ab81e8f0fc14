import { endpoint } from '../../platform/http/endpoint.ts';
import { readProfile } from './read-profile.ts';
import { signUp } from './sign-up.ts';
import { verifyCredentials } from './verify-credentials.ts';

export const handler = endpoint(signUp, verifyCredentials, readProfile);
