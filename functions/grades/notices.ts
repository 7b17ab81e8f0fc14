import { endpoint } from '../../platform/http/endpoint.ts';
import { listNotices } from './notices/list-notices.ts';

export const handler = endpoint(listNotices);
