import { endpoint } from '../../platform/http/endpoint.ts';
import { readReport } from './figures/read-report.ts';
import { addGrade } from './marks/add-grade.ts';
import { changeResult, deleteResult, readHistory, replaceResult } from './marks/change-result.ts';
import { getGrades } from './marks/get-grades.ts';
import { replaceGrades } from './marks/replace-grades.ts';
import { initStudent } from './students/init-student.ts';

export const handler = endpoint(
  initStudent,
  addGrade,
  getGrades,
  readReport,
  replaceGrades,
  replaceResult,
  changeResult,
  deleteResult,
  readHistory,
);
