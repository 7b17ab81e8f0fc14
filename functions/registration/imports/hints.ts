import * as z from 'zod';
import { wholeNumber } from '../../../platform/schema/whole-number.ts';
import { FIELDS, LEFT_OUT } from './columns.ts';

/** The most columns that may be named. */
const MOST_NAMED = 200;

/** The last row in which headers are looked for. */
const LAST_HEADER_ROW = 1_000;

/** What a column is. */
export const ColumnName = z.enum([...FIELDS, LEFT_OUT]);

/** What each column is, in order. */
export const ColumnNames = z.array(ColumnName).min(1).max(MOST_NAMED);

const ONE = ` *(?:${[...FIELDS, LEFT_OUT].join('|')}) *`;

/** The same in a query, separated by commas. */
export const ColumnsInQuery = z
  .string()
  .max(4_000)
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(ColumnNames)
  .meta({
    override: {
      type: 'string',
      maxLength: 4_000,
      pattern: `^${ONE}(?:,${ONE}){0,${MOST_NAMED - 1}}$`,
      examples: ['last_name,first_name,phone,class_name,marks,-'],
    },
  });

/** The row of the headers as the spreadsheet numbers it; 0 where there is none. */
export const HeaderRow = z.int().min(0).max(LAST_HEADER_ROW);

/** The same in a query. */
export const HeaderRowInQuery = wholeNumber(0, LAST_HEADER_ROW);
