import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html, type Part } from '../../../platform/http/html.ts';
import { tokenField } from './frame.ts';
import type { Visit } from './visit.ts';

/** Something that is asked once more before it is done. */
export interface Question {
  /** Of the dialog. */
  readonly id: string;
  /** The page that asks it where no dialog can, and takes the answer. */
  readonly path: string;
  readonly title: string;
  /** What will become of what, in words. */
  readonly text: Part;
  /** What the button does, as a verb; a danger unless said. */
  readonly verb: string;
  readonly calm?: boolean;
  readonly fields?: Readonly<Record<string, string>>;
  /** Fields to be filled in. */
  readonly inputs?: Part;
  /** Where one goes who does not want it. */
  readonly back: string;
}

const KEEP: Localized = { fr: 'Ne rien changer', en: 'Change nothing' };

async function form(visit: Visit, question: Question, leave: Html): Promise<Html> {
  const { path, text, verb, calm, fields = {}, inputs } = question;
  return html`<p>${text}</p><form method="post" action="${visit.to(path)}">${tokenField(await visit.formToken())}
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${inputs}
<p class="answers"><button${!calm && html` class="danger"`}>${verb}</button> ${leave}</p></form>`;
}

/** The question as a page of its own. */
export const asked = async (visit: Visit, question: Question): Promise<Html> =>
  html`<div class="narrow"><h1>${question.title}</h1>${await form(visit, question, html`<a class="button quiet" href="${visit.to(question.back)}">${visit.say(KEEP)}</a>`)}</div>`;

/** A link that asks the question on the spot where the browser can, and on its page where it cannot. */
export async function asking(visit: Visit, question: Question): Promise<Html> {
  const { id, path, title, verb, calm } = question;
  const leave = html`<button class="quiet" formmethod="dialog" formnovalidate>${visit.say(KEEP)}</button>`;
  return html`<a class="button ${calm ? 'quiet' : 'quiet danger'}" href="${visit.to(path)}" data-dialog="${id}">${verb}</a>
<dialog id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${await form(visit, question, leave)}</dialog>`;
}
