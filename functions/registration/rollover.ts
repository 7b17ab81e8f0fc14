import { endpoint } from '../../platform/http/endpoint.ts';
import { rollOver } from './year/roll-over.ts';

export const handler = endpoint(rollOver);
