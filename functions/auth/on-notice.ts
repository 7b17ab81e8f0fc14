import { join } from 'node:path';
import * as z from 'zod';
import { cutToKeyPart } from '../../platform/base/key-part.ts';
import { commit } from '../../platform/events/commit.ts';
import { consumer, reaction } from '../../platform/events/consumer.ts';
import { mailer } from '../../platform/mail/mailer.ts';
import * as accounts from './account-store.ts';
import * as sentNotices from './mail/sent-store.ts';
import { table } from './table.ts';

/** Deployed by context.yml. */
const TEMPLATE = { variable: 'NOTICES_TEMPLATE', file: join(import.meta.dirname, 'mail/notice-mail.json') };

/** The most notices that one e-mail spells out. */
const MOST_LINES = 20;

const Item = z.object({ id: z.string().min(1).max(200), fr: z.string(), en: z.string() });

/** What grades tells: what is new about a student, for one account. */
const News = z.object({
  username: z.string().min(1),
  student_id: z.int(),
  name: z.string(),
  items: z.array(Item).min(1),
});
type News = z.output<typeof News>;

/** A line for each, or for the first of them and how many more. */
function linesOf(items: News['items'], language: 'fr' | 'en', more: string): string {
  const lines = items.slice(0, MOST_LINES).map((item) => `- ${item[language]}`);
  const rest = items.length - MOST_LINES;
  return [...lines, ...(rest > 0 ? [`- ${more} ${rest}`] : [])].join('\n');
}

/**
 * Sends by e-mail what an account was not sent yet, where it has left an address. What is sent is noted after: a crash
 * between the two sends an e-mail again rather than never.
 */
async function deliver({ username, student_id, name, items }: News, eventId: string): Promise<void> {
  const account = await accounts.find(cutToKeyPart(username));
  if (!account?.email || account.disabled) return;
  const out = await mailer();
  if (!out) return;
  const sent = await sentNotices.find(account.username, student_id);
  const fresh = items.filter(({ id }) => sent[id] === undefined);
  if (fresh.length === 0) return;
  const data = { name, fr: linesOf(fresh, 'fr', 'et d’autres :'), en: linesOf(fresh, 'en', 'and more:') };
  await out.send({ id: eventId, to: account.email, template: TEMPLATE, data });
  const noted = sentNotices.add(
    account.username,
    student_id,
    sent,
    fresh.map(({ id }) => id),
  );
  await commit(table, () => ({ writes: [noted] }));
}

export const handler = consumer({
  'campus.student.noticed': reaction(News, (news, { id }) => deliver(news as News, id)),
});
