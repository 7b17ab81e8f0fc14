import { endpoint } from '../../platform/http/endpoint.ts';
import { addMeasurement } from './add-measurement.ts';
import { deleteHealth } from './delete-health.ts';
import { listAccesses } from './list-accesses.ts';
import { listHistory } from './list-history.ts';
import { readHealth } from './read-health.ts';
import { replaceHealth } from './replace-health.ts';

export const handler = endpoint(readHealth, addMeasurement, replaceHealth, deleteHealth, listHistory, listAccesses);
