import { Outbox, relaying } from '../../platform/events/outbox.ts';
import type { OutgoingEvent } from '../../platform/events/outgoing-event.ts';
import { Queue } from '../../platform/events/queue.ts';
import { table } from './table.ts';

/** What grades has to tell the holders of accounts; the accounts service receives it. */
export const outbox = new Outbox('/campus/grades', table, new Queue('NOTICE_EVENTS_QUEUE_URL'));

/** Sends what a crash left behind. */
export const relay = relaying(outbox);

/** There is something new about a student for an account to hear. Data: {@link News}. */
export const NOTICED = 'campus.student.noticed';

/** A notice as it is sent: what it is about, and no figure. */
export interface Item {
  readonly id: string;
  readonly fr: string;
  readonly en: string;
}

/** What is new about one student, for one account. */
export interface News {
  readonly username: string;
  readonly student_id: number;
  readonly name: string;
  readonly items: readonly Item[];
}

/** There is something new about a student. */
export const studentNoticed = (news: News): OutgoingEvent => outbox.event(NOTICED, String(news.student_id), news);
