import { endpoint } from '../../platform/http/endpoint.ts';
import { printCard } from './printing/print-card.ts';
import { printClassCards } from './printing/print-class-cards.ts';
import { printClassReport } from './printing/print-class-report.ts';
import { printTopTen } from './printing/print-top-ten.ts';

export const handler = endpoint(printCard, printClassCards, printClassReport, printTopTen);
