import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { printCard } from './printing/print-card.ts';
import { printClassCards } from './printing/print-class-cards.ts';
import { printClassReport } from './printing/print-class-report.ts';
import { printTopTen } from './printing/print-top-ten.ts';

export const handler = streamingEndpoint(printCard, printClassCards, printClassReport, printTopTen);
