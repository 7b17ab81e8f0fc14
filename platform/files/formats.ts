import * as z from 'zod';
import { csv, csvForExcel } from './csv.ts';
import { json } from './json.ts';
import { pdf } from './pdf.ts';
import type { Format } from './sheet.ts';
import { xlsx } from './xlsx.ts';

/** The formats in which a table can be had, by the name that a query calls them. */
export const FORMATS = { csv, 'csv-excel': csvForExcel, xlsx, json, pdf } as const satisfies Record<string, Format>;

/** `format=`: csv unless it says another. */
export const FormatName = z.enum(Object.keys(FORMATS) as [keyof typeof FORMATS]).default('csv');
