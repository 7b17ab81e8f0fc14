import { log } from '../../platform/base/log.ts';
import { measure } from '../../platform/base/metrics.ts';

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

/** The actions of which many at once wake somebody up, as the metrics that count them. */
const COUNTED: Partial<Record<Action, string>> = {
  'password.guessing_blocked': 'guessing_blocked',
  'session.refresh_token_reused': 'tokens_reused',
  'session.code_reused': 'tokens_reused',
};

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
export function audit(action: Action, { outcome = 'success', ...event }: Event): void {
  const [fields, metric] = [{ action, outcome, ...event }, COUNTED[action]];
  if (metric) measure('audit', { [metric]: [1, 'Count'] }, fields);
  else log.info('audit', fields);
}
