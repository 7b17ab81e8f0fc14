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
  readonly ttl: number;
}

/** Where somebody signs in from. */
export interface Device {
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/** A session with the only copy of its refresh token. */
export interface OpenedSession {
  readonly session: Session;
  readonly refreshToken: string;
}

/**
 * A new session of the account as it was read: should the account have changed since so that its sessions end, this
 * one is of the old generation and was never open.
 */
export function draftSession({ username, generation }: Account, device: Device): OpenedSession {
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
    ttl: endOf(epochSeconds(), epochSeconds()),
  };
  return { session, refreshToken: writeToken(token) };
}

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
    ttl: endOf(epochSeconds(), Math.floor(Date.parse(session.created_at) / 1000)),
  };
  return { session: after, refreshToken: writeToken({ username, sessionId, family, secret }) };
}
