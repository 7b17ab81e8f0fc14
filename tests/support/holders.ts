import { json, type PeerStub, refuses, startPeer } from './peer.ts';

/** Names that only staff have, and a name that nobody has; whoever else is asked for is a student. */
const ROLES: Readonly<Record<string, string>> = { admin: 'admin', director: 'admin', prof: 'teacher' };
export const NOBODY = 'nobody';

/** Makes the stand-in for the accounts service know everybody but {@link NOBODY}; that for grades knows of no report card. */
export function knowEverybody(stub: PeerStub): void {
  stub.behave((request, response) => {
    if (request.url?.startsWith('/grades/')) return refuses(404, 'student_not_found')(request, response);
    const username = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
    const known = json(200, { username, role: ROLES[username] ?? 'student', disabled: false });
    return (username === NOBODY ? refuses(404, 'user_not_found') : known)(request, response);
  });
}

/** Starts a stand-in for the accounts service that knows everybody but {@link NOBODY}. */
export async function startAccounts(): Promise<PeerStub> {
  const stub = await startPeer();
  knowEverybody(stub);
  return stub;
}
