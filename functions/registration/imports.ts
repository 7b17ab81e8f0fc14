import { endpoint } from '../../platform/http/endpoint.ts';
import { createImport } from './imports/create-import.ts';
import { importStudents } from './imports/import-students.ts';
import { readImport } from './imports/read-import.ts';
import { startImport } from './imports/start-import.ts';

export const handler = endpoint(importStudents, createImport, startImport, readImport);
