import { endpoint } from '../../platform/http/endpoint.ts';
import { endSession, logOut } from './end-session.ts';
import { exchangeCode } from './exchange-code.ts';
import { giveCode } from './give-code.ts';
import { listSessions } from './list-sessions.ts';
import { logIn } from './log-in.ts';
import { publishKeys } from './publish-keys.ts';
import { refreshSession } from './refresh-session.ts';
import { verifyToken } from './verify-token.ts';

export const handler = endpoint(
  logIn,
  verifyToken,
  refreshSession,
  logOut,
  listSessions,
  endSession,
  giveCode,
  exchangeCode,
  publishKeys,
);
