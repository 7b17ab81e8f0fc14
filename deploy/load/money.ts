import { bill, type Line, total } from '../cost/bill.ts';
import type { Year } from './year.ts';

/** The bill of each month of a year, without what a stage costs that nobody calls. */
export const billsOf = (year: Year): Line[][] => year.months().map(bill);

/** Dollars of a year, by the list. */
export const dollarsOf = (year: Year): number => billsOf(year).reduce((sum, lines) => sum + total(lines, 'list'), 0);
