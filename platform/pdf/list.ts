import type { Language } from '../base/language.ts';
import { problem } from '../base/problems.ts';
import type { Letterhead } from './letterhead.ts';
import { print } from './printer.ts';

/** A column of a list: how it is called, on which side its values stand, and how wide it is beside the others. */
export interface ListColumn {
  readonly label: string;
  readonly side?: 'left' | 'right';
  readonly width?: number;
}

/** A list as a document. */
export interface PrintedList {
  readonly school: Letterhead;
  readonly logo?: string | undefined;
  readonly title: string;
  /** Below the title: of what it is, and when it was made. */
  readonly subtitle: string;
  readonly columns: readonly ListColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** More rows than these are no document: a hundred pages. */
export const MOST_ROWS = 4_000;

const WIDE = 6;

const WORDS = { fr: { page: 'page', empty: 'Aucune ligne.' }, en: { page: 'page', empty: 'No line.' } } as const;

const LAYOUT = `
#set page(flipped: data.wide, footer: foot([#title · #data.subtitle], data.page_label, "begin", "end"))
#mark-of("begin")
#letterhead(data.school, {
  heading(level: 1, text(size: 13pt, title))
  linebreak()
  small(data.subtitle)
})
#v(3mm)
#set text(size: 8.5pt)
#if data.rows.len() == 0 { data.empty } else {
  table(
    columns: data.columns.map(one => one.width * 1fr),
    align: data.columns.map(one => if one.side == "right" { right + top } else { left + top }),
    table.hline(stroke: line-of(0.7pt)),
    table.header(
      ..data.columns.map(one => text(size: 7pt, fill: soft, one.label)),
      table.hline(stroke: line-of(0.7pt)),
    ),
    ..data.rows.enumerate().map(((i, row)) => (
      ..if i > 0 { (table.hline(stroke: 0.25pt + luma(190)),) },
      ..row,
    )).flatten(),
    table.hline(stroke: line-of(0.7pt)),
  )
}
#mark-of("end")
`;

/**
 * A list as PDF, in portrait or, where it has many columns, in landscape.
 * @throws list_too_long over {@link MOST_ROWS}, printing_unavailable
 */
export async function printList(list: PrintedList, language: Language): Promise<Uint8Array> {
  const { title, logo, columns, rows, ...data } = list;
  if (rows.length > MOST_ROWS) throw problem.list_too_long();
  const words = { page_label: WORDS[language].page, empty: WORDS[language].empty };
  const sized = columns.map((one) => ({ side: 'left', width: 1, ...one }));
  const wide = columns.length > WIDE;
  return print({ layout: LAYOUT, title, logo, language, data: { ...data, ...words, columns: sized, rows, wide } });
}
