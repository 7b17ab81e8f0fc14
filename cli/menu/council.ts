import type { components } from '../../clients/campus.ts';
import { SHEET_FIELDS, type SheetLine } from '../commands/sheet-lines.ts';
import type { Value } from '../declare.ts';
import { Interrupted } from '../failure.ts';
import { words } from '../language.ts';
import { number } from '../output/shown.ts';
import { inLanguage } from '../output/vocabulary.ts';
import type { Terminal } from '../terminal.ts';
import { chosen, faultOf, line } from './prompts.ts';

type Sheet = components['schemas']['SheetView'];

const FIELDS = Object.entries(SHEET_FIELDS) as [keyof typeof SHEET_FIELDS, Value<unknown>][];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is asked of one student, with what stands there to be gone over. @returns what was changed, undefined for nothing */
async function asked(terminal: Terminal, sheet: Sheet): Promise<SheetLine | undefined> {
  const changes: Record<string, unknown> = {};
  for (const [name, value] of FIELDS) {
    const before = sheet[name] === undefined ? '' : String(sheet[name]);
    const more = value.choices ? ` (${value.choices.join(', ')})` : '';
    const { en, fr } = value.about;
    const question = words(capital(en) + more, capital(fr) + more);
    const typed = (await line(terminal, { question, initial: before, fault: faultOf(value.read) })).trim();
    if (typed !== before) changes[name] = value.read(typed);
  }
  if (Object.keys(changes).length === 0) return undefined;
  return { student_id: sheet.student_id, version: sheet.version, ...changes };
}

const labelOf = (terminal: Terminal, { name, general, mention, decision, version }: Sheet): string =>
  [
    version > 0 ? '✓' : ' ',
    name,
    general !== undefined && number(general, terminal.language),
    mention,
    decision && inLanguage(decision, terminal.language),
  ]
    .filter(Boolean)
    .join(' · ');

/**
 * Goes through the sheet of a council, in any order; Escape in the list of students ends it.
 * @param store keeps a line. @returns whether it was taken
 */
export async function sheetByHand(
  terminal: Terminal,
  sheets: readonly Sheet[],
  store: (line: SheetLine) => Promise<boolean>,
): Promise<void> {
  const now = [...sheets];
  for (;;) {
    const end = { value: -1, label: terminal.say(words('Done', 'Terminé')) };
    const choices = [...now.map((sheet, value) => ({ value, label: labelOf(terminal, sheet) })), end];
    const at = await chosen(terminal, words('Whose line?', 'La ligne de qui ?'), choices).catch((error: unknown) => {
      if (error instanceof Interrupted) return -1;
      throw error;
    });
    const sheet = now[at];
    if (!sheet) return;
    const changes = await asked(terminal, sheet);
    if (!changes) continue;
    if (await store(changes)) now[at] = { ...sheet, ...(changes as object), version: sheet.version + 1 };
    else
      terminal.err(
        `${terminal.say(words('It was not stored: somebody else wrote meanwhile, or it is not possible.', "Rien n'est enregistré : quelqu'un a écrit entre-temps, ou c'est impossible."))}\n`,
      );
  }
}
