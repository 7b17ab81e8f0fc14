import { endpoint } from '../../platform/http/endpoint.ts';
import { addGrade } from './add-grade.ts';
import { getGrades } from './get-grades.ts';
import { initStudent } from './init-student.ts';

export const handler = endpoint(initStudent, addGrade, getGrades);
