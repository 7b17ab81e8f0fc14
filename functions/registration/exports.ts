import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { exportSchool } from './export/export-school.ts';
import { exportStudents } from './students/export-students.ts';

export const handler = streamingEndpoint(exportStudents, exportSchool);
