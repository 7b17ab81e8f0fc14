import * as z from 'zod';
import { clock, epochSeconds, timestamp } from '../../platform/base/clock.ts';
import { newId } from '../../platform/base/ids.ts';
import type { KeyPart } from '../../platform/base/key-part.ts';
import type { Account } from './account.ts';
import { endOf } from './lifetimes.ts';
import { digest, type RefreshToken, randomPart, writeToken } from './refresh-token.ts';

/** A session as its owner sees it. */
export const SessionView = z.object({
  id: z.string(),
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  /** The address it was opened from. */
  source_ip: z.string(),
  user_agent: z.string().optional(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
});

/** Somebody's sign-in on one device, as it is stored. */
export interface Session {
  readonly id: KeyPart;
  readonly username: KeyPart;
  readonly generation: string;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly source_ip: string;
  readonly user_agent?: string | undefined;
  /** Digest of what all refresh tokens of this session have in common. */
  readonly family_hash: string;
  /** Digest of the refresh token that is alive. */
  readonly refresh_hash: string;
  /** Digest of the one before, and when (milliseconds since the epoch) it was exchanged. */
  readonly previous_hash?: string;
  readonly rotated_at?: number;
  /** When the password was given, where that was in another session: how long this one may last counts from there. */
  readonly signed_in_at?: string;
  readonly ttl: number;
}

/** Where somebody signs in from. */
export interface Device {
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/** Where a request comes from, fit to be shown to the owner of the session. */
export const deviceOf = (sourceIp: string, headers: Readonly<Record<string, string>>): Device => ({
  sourceIp,
  userAgent: headers['user-agent']?.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 200) || undefined,
});

/** A session with the only copy of its refresh token. */
export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string;
}

/**
 * A new session of the account as it was read: should the account have changed since so that its sessions end, this
 * one is of the old generation and was never open.
 * @param signed_in_at when the password was given, where it was not now
 */
export function draftSession({ username, generation }: Account, device: Device, signed_in_at?: string): OpenedSession {
  const token: RefreshToken = { username, sessionId: newId(), family: randomPart(), secret: randomPart() };
  const session: Session = {
    id: token.sessionId,
    username,
    generation,
    created_at: timestamp(),
    last_used_at: timestamp(),
    source_ip: device.sourceIp,
    user_agent: device.userAgent,
    family_hash: digest(token.family),
    refresh_hash: digest(token.secret),
    ...(signed_in_at !== undefined && { signed_in_at }),
    ttl: endOf(epochSeconds(), secondsOf(signed_in_at ?? timestamp())),
  };
  return { session, refreshToken: writeToken(token) };
}

/** An instant as seconds since the epoch. */
const secondsOf = (at: string): number => Math.floor(Date.parse(at) / 1000);

/** A session once its live refresh token is exchanged for a new one. */
export function rotated(session: Session, { family }: RefreshToken): OpenedSession {
  const { id: sessionId, username, refresh_hash } = session;
  const secret = randomPart();
  const after = {
    ...session,
    refresh_hash: digest(secret),
    previous_hash: refresh_hash,
    rotated_at: clock.now(),
    last_used_at: timestamp(),
    ttl: endOf(epochSeconds(), secondsOf(session.signed_in_at ?? session.created_at)),
  };
  return { session: after, refreshToken: writeToken({ username, sessionId, family, secret }) };
}
