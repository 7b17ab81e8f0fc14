import { log } from '../../platform/base/log.ts';

/** What the audit trail tells of, as `action`. */
export type Action =
  | 'account.created'
  | 'account.changed'
  | 'account.role_changed'
  | 'account.disabled'
  | 'account.enabled'
  | 'account.unlocked'
  | 'account.password_changed'
  | 'account.deleted'
  | 'session.opened'
  | 'session.code_given'
  | 'session.code_reused'
  | 'session.ended'
  | 'session.refresh_token_reused'
  | 'password.confirmed'
  | 'password.guessing_blocked';

interface Event {
  /** The username of who did it; `anonymous` for somebody who is not signed in. */
  readonly actor: string;
  /** The username of whom it was done to. A name that no account has is not told: people mistype passwords there. */
  readonly subject: string;
  readonly outcome?: 'success' | 'failure';
  readonly session_id?: string;
  readonly source_ip?: string;
  readonly role?: string;
}

/** One line of the audit trail: a structured log whose message is `audit`. It never holds a secret. */
export const audit = (action: Action, { outcome = 'success', ...event }: Event): void =>
  log.info('audit', { action, outcome, ...event });
