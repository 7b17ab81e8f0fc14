import pLimit from 'p-limit';
import * as z from 'zod';
import { keyPart } from '../../../platform/base/key-part.ts';
import { currentScope } from '../../../platform/base/scope.ts';
import { key } from '../../../platform/data/key.ts';
import type { Paging } from '../../../platform/data/table.ts';
import { signedIn } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import * as holders from '../students/holders.ts';
import * as terms from '../terms/term-store.ts';
import { type Notice, NoticeView, newestFirst, orderOf, worded } from './notice.ts';
import { standingOf } from './standing.ts';

/** How many children's notices are made at once. */
const ABREAST = 4;

const positionOf = (notice: Notice) => ({ pk: key`NOTICES`, sk: key`${keyPart(orderOf(notice))}` });

function pageOf(all: readonly Notice[], { limit, after }: Paging) {
  const rest = all.toSorted(newestFirst).filter((one) => after === undefined || orderOf(one) < after.sk);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && rest.length > limit ? positionOf(last) : undefined };
}

export const listNotices = operation({
  route: 'GET /notifications',
  summary: 'What is new about oneself and one’s children, newest first',
  description:
    'Of this school year: each mark once it is released, each correction of one, and that a general average fell below the pass mark, once each time that it does. To every account, of the student that it is and of those whose guardian it is. The `message` is in the language of the request.',
  access: signedIn,
  answers: { 200: z.array(NoticeView) },
  paged: true,
  async handle({ caller, paging }) {
    const [ids, calendar] = await Promise.all([holders.studentsOf(caller.username), terms.calendar()]);
    const limit = pLimit(ABREAST);
    const found = await Promise.all(ids.map((id) => limit(() => standingOf(id, calendar))));
    // Whether they are still named on the student, the profile that was just read says.
    const theirs = found.filter((one) => one && (caller.owns(one.student) || caller.guards(one.student)));
    const { items, next } = pageOf(
      theirs.flatMap((one) => one?.notices ?? []),
      paging,
    );
    const language = currentScope()?.language ?? 'fr';
    return ok(
      items.map((notice) => worded(notice, language)),
      { next },
    );
  },
});
