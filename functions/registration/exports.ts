import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { exportSchool } from './export/export-school.ts';
import { exportStudent } from './export/export-student.ts';
import { exportStudents } from './students/export-students.ts';

export const handler = streamingEndpoint(exportStudents, exportStudent, exportSchool);
