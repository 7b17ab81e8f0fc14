import { endpoint } from '../../platform/http/endpoint.ts';
import { listCards } from './report-cards/list-cards.ts';
import { publishCards } from './report-cards/publish-cards.ts';
import { readCard } from './report-cards/read-card.ts';

export const handler = endpoint(publishCards, listCards, readCard);
