import { log } from '../base/log.ts';
import type { Mailer } from './mail.ts';

let chosen: Promise<Mailer | undefined> | undefined;

/** Loaded only where it is used: neither does a local start need SES, nor Lambda a folder. */
async function choose(): Promise<Mailer | undefined> {
  const { CAMPUS_MAILBOX: folder, NOTICES_FROM: from } = process.env;
  if (folder) return new (await import('./mailbox.ts')).Mailbox(folder);
  if (from) return new (await import('./ses.ts')).Ses(from);
  log.warn('no e-mail is sent: NOTICES_FROM names no sender');
  return undefined;
}

/**
 * The way that is configured: a folder on this machine (`CAMPUS_MAILBOX`), or Amazon SES with a sender (`NOTICES_FROM`).
 * @returns undefined where there is none; the log says so once
 */
export function mailer(): Promise<Mailer | undefined> {
  chosen ??= choose();
  return chosen;
}
