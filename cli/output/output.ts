import type { Words } from '../language.ts';
import type { Terminal } from '../terminal.ts';

/** How the values of a column are shown to a person. `--json` and `--csv` have them as the API gives them. */
export type Kind = 'text' | 'number' | 'time' | 'date' | 'money' | 'yes' | 'list' | 'id' | 'word';

/** A column of a table, or a line of a card. */
export interface Column {
  /** The field of the answer, with points for what lies deeper: `blood_pressure.systolic`. */
  readonly field: string;
  readonly title: Words;
  readonly kind: Kind;
}

/** What a command found or did; `--json`, `--csv` and the terminal each print it in their way. */
export type Output =
  | {
      readonly kind: 'rows';
      readonly items: readonly object[];
      readonly columns: readonly Column[];
      /** What `--json` prints where it is more than the rows. */
      readonly whole?: unknown;
      /** Whether there are more than were asked for. */
      readonly more?: boolean;
      /** Written above the table on a screen. */
      readonly above?: (terminal: Terminal) => string;
      /** Drawn below the table on a screen. */
      readonly below?: (terminal: Terminal) => string;
    }
  | {
      readonly kind: 'card';
      readonly item: object;
      readonly columns: readonly Column[];
      readonly below?: (terminal: Terminal) => string;
    }
  | {
      readonly kind: 'done';
      readonly said: Words;
      /** What `--json` prints: the answer of the API. */
      readonly item?: unknown;
      /** What a script reads: the id of what was made. */
      readonly id?: string | number;
      /** Whether something of it failed: the exit code tells, too. */
      readonly exit?: number;
    }
  | { readonly kind: 'text'; readonly text: string };

export const column = (field: string, en: string, fr: string, kind: Kind = 'text'): Column => ({
  field,
  title: { en, fr },
  kind,
});

/** What stands in a field; fields of what is not there are not there either. */
export const fieldOf = (item: object, field: string): unknown =>
  field
    .split('.')
    .reduce<unknown>((value, name) => (value == null ? undefined : (value as Record<string, unknown>)[name]), item);
