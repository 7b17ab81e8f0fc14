import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { exportAverages } from './rankings/export-averages.ts';

export const handler = streamingEndpoint(exportAverages);
