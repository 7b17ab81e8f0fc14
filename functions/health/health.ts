import { endpoint } from '../../platform/http/endpoint.ts';
import { redriveHealthLetters, showHealthLetters } from './dead-letters.ts';
import { deleteHealth } from './delete-health.ts';
import { listAccesses, listHistory, readHealth } from './read-health.ts';
import { addMeasurement, replaceHealth } from './write-health.ts';

export const handler = endpoint(
  readHealth,
  addMeasurement,
  replaceHealth,
  deleteHealth,
  listHistory,
  listAccesses,
  showHealthLetters,
  redriveHealthLetters,
);
