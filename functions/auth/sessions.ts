import { endpoint } from '../../platform/http/endpoint.ts';
import { logIn } from './log-in.ts';
import { publishKeys } from './publish-keys.ts';
import { verifyToken } from './verify-token.ts';

export const handler = endpoint(logIn, verifyToken, publishKeys);
