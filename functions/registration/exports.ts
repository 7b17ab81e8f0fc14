import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { exportStudents } from './students/export-students.ts';

export const handler = streamingEndpoint(exportStudents);
