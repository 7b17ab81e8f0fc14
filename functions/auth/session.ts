import * as z from 'zod';

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
  readonly id: string;
  readonly username: string;
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
