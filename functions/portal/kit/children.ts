import * as z from 'zod';
import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { attempt, type Outcome } from './api.ts';
import { tokenField } from './frame.ts';
import { empty } from './parts.ts';
import type { Visit } from './visit.ts';

const Notice = z.object({
  id: z.string(),
  at: z.string(),
  message: z.string(),
  student_id: z.int(),
  name: z.string(),
});
export type Notice = z.output<typeof Notice>;

/** A student whom the visitor may look at: themself, or a child they are named for. */
export interface Child {
  readonly id: number;
  readonly name: string;
}

/** What is new about them, and who they are. */
export interface Family {
  readonly notices: Outcome<readonly Notice[]>;
  readonly children: readonly Child[];
  /** The one that is looked at: the first, or the one that was chosen. */
  readonly child: Child | undefined;
}

const WORDS = {
  choose: { fr: 'Enfant', en: 'Child' },
  nobody: {
    fr: 'Aucun élève n’est lié à votre compte. L’administration relie les comptes aux élèves.',
    en: 'No student is bound to your account. The school office binds accounts to students.',
  },
} satisfies Record<string, Localized>;

/** How many notices are read: enough that each child has one among them. */
const MOST_NOTICES = 200;

const Mine = z.array(z.object({ id: z.int(), name: z.string() }));

/**
 * The students of the visitor's account, as it is named on them, and what is new about them. Each of the two services
 * knows of them: one that does not answer costs no child.
 * @throws peer_unavailable, Refusal where neither answers
 */
export async function familyOf(visit: Visit): Promise<Family> {
  const [mine, notices] = await Promise.all([
    attempt(visit.api.get('/students/mine?limit=200', Mine)),
    attempt(visit.api.get(`/notifications?limit=${MOST_NOTICES}`, z.array(Notice))),
  ]);
  if ('failure' in mine && 'failure' in notices) throw mine.failure;
  const marked = 'value' in notices ? notices.value.map(({ student_id: id, name }) => ({ id, name })) : [];
  const named = 'value' in mine ? mine.value : [];
  const byId = new Map([...marked, ...named].map((one) => [one.id, one]));
  const children = [...byId.values()].sort((a, b) => a.id - b.id);
  const chosen = Number(visit.cookies.child);
  return { notices, children, child: children.find(({ id }) => id === chosen) ?? children[0] };
}

/** Lets a guardian of several choose; who has one child, or none, has nothing to choose. */
export async function childSwitcher(visit: Visit, { children, child }: Family): Promise<Html | undefined> {
  if (children.length < 2) return undefined;
  const buttons = children.map(
    ({ id, name }) =>
      html`<button name="child" value="${id}" aria-pressed="${id === child?.id ? 'true' : 'false'}">${name}</button>`,
  );
  return html`<form class="tabs" method="post" action="${visit.to('/portal/child')}" aria-label="${visit.say(WORDS.choose)}">${tokenField(await visit.formToken())}<input type="hidden" name="back" value="${visit.path}">${buttons}</form>`;
}

/** What stands where nobody is bound to the account. */
export const nobody = (visit: Visit): Html => empty(visit.say(WORDS.nobody));
