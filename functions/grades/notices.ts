import { endpoint } from '../../platform/http/endpoint.ts';
import { redriveGradesLetters, showGradesLetters } from './dead-letters.ts';
import { listNotices } from './notices/list-notices.ts';

export const handler = endpoint(listNotices, showGradesLetters, redriveGradesLetters);
