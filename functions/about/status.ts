import { endpoint } from '../../platform/http/endpoint.ts';
import { readStatus } from './read-status.ts';

export const handler = endpoint(readStatus);
