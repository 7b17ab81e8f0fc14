import { endpoint } from '../../platform/http/endpoint.ts';
import { importStudents } from './imports/import-students.ts';

export const handler = endpoint(importStudents);
