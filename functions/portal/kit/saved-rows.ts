import { createHash } from 'node:crypto';
import type { Localized } from '../../../platform/base/language.ts';
import { header } from '../../../platform/http/headers.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { entranceForm } from './kept.ts';
import { sessionIn, type Visit } from './visit.ts';

/** What the fields of a row hold, by their names. */
export type Cells = Readonly<Record<string, string>>;

/** What became of a row. */
export interface Fate {
  /** `unsaved` was never sent, for what was typed is no answer; `stale` met what somebody else wrote. */
  readonly kind: 'saved' | 'stale' | 'unsaved';
  readonly text: string;
  /** Of a stale row: what the other wrote. */
  readonly theirs?: Cells;
  /** The version that stands now. */
  readonly version?: number;
}

/** A row of a form of many: what stands, and what was typed over it. */
export interface Row {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly cells: Cells;
  readonly fate?: Fate | undefined;
}

/** A row as it was sent. */
export interface SentRow {
  readonly id: number;
  readonly version: number;
  readonly cells: Cells;
}

const WORDS = {
  saving: { fr: 'Enregistrement…', en: 'Saving…' },
  waiting: { fr: 'Pas encore enregistré', en: 'Not saved yet' },
  offline: {
    fr: 'Connexion coupée. Rien n’est perdu : tout sera enregistré dès qu’elle revient.',
    en: 'No connection. Nothing is lost: all will be saved as soon as it is back.',
  },
  mine: { fr: 'Garder la mienne', en: 'Keep mine' },
  theirs: { fr: 'Prendre la sienne', en: 'Take theirs' },
  refused: {
    fr: 'L’enregistrement est refusé : rechargez la page. Ce que vous avez saisi y reviendra.',
    en: 'Saving is refused: load the page again. What you typed will come back.',
  },
  wrong: { fr: 'Nom ou mot de passe incorrect', en: 'Wrong name or password' },
  over: { fr: 'Votre session est terminée', en: 'Your session has ended' },
  kept: {
    fr: 'Reconnectez-vous ici : tout ce que vous avez saisi reste à l’écran, et sera enregistré.',
    en: 'Sign in again here: all that you typed stays on the screen, and will be saved.',
  },
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  pasted: { fr: 'lignes collées. Non reconnues :', en: 'lines pasted. Not recognised:' },
  point: { fr: ',', en: '.' },
  tooHigh: { fr: 'Au-dessus du maximum', en: 'Above the maximum' },
  unreadable: { fr: 'Tapez une note, a, d ou n', en: 'Type a mark, a, d or n' },
} satisfies Record<string, Localized>;

/** A digest of what a row shows, by which a form tells later whether anybody touched it. */
export const shownAs = (cells: Cells): string =>
  createHash('sha256').update(Object.values(cells).join('\0')).digest('base64url').slice(0, 8);

const ID = /^version-([1-9]\d{0,14})$/;

/**
 * The rows of a form that somebody touched. Without a script all come, each with a digest of what it showed; with one only
 * those that changed.
 * @param names of the cells of a row
 */
export function sentRows({ form }: Visit, names: readonly string[]): SentRow[] {
  const text = (name: string) => (form?.text(name) ?? '').replaceAll('\r\n', '\n');
  return (form?.entries ?? []).flatMap(([name, version]) => {
    const id = ID.exec(name)?.[1];
    if (!id || !/^\d{1,9}$/.test(version)) return [];
    const cells = Object.fromEntries(names.map((one) => [one, text(`${one}-${id}`)]));
    const isTouched = text(`shown-${id}`) !== shownAs(cells) && text(`theirs-${id}`) === '';
    return isTouched ? [{ id: Number(id), version: Number(version), cells }] : [];
  });
}

/** What a row keeps out of sight: the version that it was read at, and what it showed. @param stands what is stored */
export function hiddenCells(row: Row, stands: Cells): Html {
  const version = row.fate?.version ?? row.version;
  const isOpen = row.fate !== undefined && row.fate.kind !== 'saved';
  return html`<input type="hidden" name="version-${row.id}" value="${version}"><input type="hidden" name="shown-${row.id}" value="${isOpen ? '-' : shownAs(stands)}">`;
}

/** Where a row says what became of it, and lets take what somebody else wrote. */
export function fateCell(visit: Visit, { id, name, fate }: Row): Html {
  const take = html`<label class="take"><input type="checkbox" name="theirs-${id}" value="yes"> ${visit.say(WORDS.theirs)}<span class="hidden">${visit.colon}${name}</span></label>`;
  return html`<span class="fate" id="fate-${id}"${fate && html` data-kind="${fate.kind}"`}>${fate?.text ?? ''}${fate?.kind === 'stale' && take}</span>`;
}

/** Whether a script asked, which shows by itself what became of each row. */
export const asksForRows = ({ event }: Visit): boolean => header(event, 'accept') === 'application/json';

/** What a script is told of each row. */
export const rowsTold = (fates: ReadonlyMap<number, Fate>): { json: unknown } => ({
  json: { rows: [...fates].map(([id, fate]) => ({ id, ...fate })) },
});

interface Rows {
  /** What could be had: its cells are marks. */
  readonly most?: number;
  /** Where the path does not say all of what they are about. */
  readonly about?: string;
}

/** What a form of rows has for the script: whose it is, and the words that it says. */
export const rowsAttributes = (visit: Visit, { most, about = '' }: Rows = {}): Html =>
  html`data-rows="${sessionIn(visit).username} ${about}" data-words="${JSON.stringify(Object.fromEntries(Object.entries(WORDS).map(([name, text]) => [name, visit.say(text)])))}"${most !== undefined && html` data-most="${most}"`}`;

/** What stands above the rows: what is told of all of them, and where one signs in again without leaving them. */
export async function aroundRows(visit: Visit): Promise<Html> {
  const next = visit.path;
  return html`<p class="told" id="told" role="status"></p>
<dialog id="entrance" aria-labelledby="entrance-title"><h2 id="entrance-title">${visit.say(WORDS.over)}</h2><p>${visit.say(WORDS.kept)}</p><p class="error" role="alert"></p>
${await entranceForm(visit, { next }, visit.say(WORDS.signIn))}</dialog>`;
}

/** How many rows became what, in a sentence. */
export function fatesSaid(visit: Visit, fates: ReadonlyMap<number, Fate>): string {
  const kinds = [...fates.values()].map(({ kind }) => kind);
  const count = (kind: Fate['kind']): number => kinds.filter((one) => one === kind).length;
  const [saved, open] = [count('saved'), count('stale') + count('unsaved')];
  if (visit.language === 'fr')
    return `${saved} ligne(s) enregistrée(s)${open > 0 ? `, ${open} à revoir : elles sont marquées ci-dessous` : ''}.`;
  return `${saved} row(s) saved${open > 0 ? `, ${open} to look at: they are marked below` : ''}.`;
}
