import type { Device } from './session-store.ts';

/** Where a request comes from, fit to be shown to the owner of the session. */
export const deviceOf = (sourceIp: string, headers: Readonly<Record<string, string>>): Device => ({
  sourceIp,
  userAgent: headers['user-agent']?.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200) || undefined,
});
