import { endpoint } from '../../platform/http/endpoint.ts';
import { changeAssessment, deleteAssessment } from './assessments/change-assessment.ts';
import { createAssessment } from './assessments/create-assessment.ts';
import { enterResults } from './assessments/enter-results.ts';
import { readAssessmentHistory } from './assessments/read-assessment-history.ts';
import { listAssessments, readAssessment } from './assessments/read-assessments.ts';
import { readResults } from './assessments/read-results.ts';

export const handler = endpoint(
  listAssessments,
  createAssessment,
  readAssessment,
  readAssessmentHistory,
  changeAssessment,
  deleteAssessment,
  readResults,
  enterResults,
);
