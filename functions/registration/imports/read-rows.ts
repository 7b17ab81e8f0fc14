import { csvRows } from './csv.ts';
import { decode } from './decode.ts';
import type { SheetRow } from './sheet.ts';
import { Unreadable } from './unreadable.ts';
import { xlsxRows } from './xlsx.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
/** Files that begin like text and are none of ours: PDF, HTML, RTF. */
const FOREIGN = /^\s*(?:%PDF-|<!doctype|<html|\{\\rtf|<\?xml)/i;

/** As much of a text as is looked at for characters that no text has. */
const SAMPLE = 4096;

const beginsWith = (file: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, i) => file[i] === byte);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f]/;

/**
 * The rows of a file, whatever it is called: what it begins with says what it is.
 * @throws Unreadable
 */
export async function readRows(file: Uint8Array): Promise<readonly SheetRow[]> {
  if (file.length === 0) throw new Unreadable('empty_file');
  if (beginsWith(file, OLE)) throw new Unreadable('old_workbook');
  if (beginsWith(file, ZIP)) return xlsxRows(file);
  const text = decode(file);
  if (text.trim() === '') throw new Unreadable('empty_file');
  if (FOREIGN.test(text) || NO_TEXT.test(text.slice(0, SAMPLE))) throw new Unreadable('not_a_table');
  return csvRows(text);
}
