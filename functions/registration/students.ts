import { endpoint } from '../../platform/http/endpoint.ts';
import { listOwn } from './guardians/list-own.ts';
import { nameGuardians, readNamings } from './guardians/name-guardians.ts';
import { amendStudent } from './students/amend-student.ts';
import { claimStudent, issueStudentCode } from './students/claim-student.ts';
import { deleteStudent } from './students/delete-student.ts';
import { notifyGrades } from './students/notify-grades.ts';
import { listStudents, readStudent } from './students/read-students.ts';
import { registerStudent } from './students/register-student.ts';
import { restoreStudent } from './students/restore-student.ts';
import { leaveStudent } from './year/leave-student.ts';

export const handler = endpoint(
  registerStudent,
  notifyGrades,
  listStudents,
  listOwn,
  readStudent,
  amendStudent,
  deleteStudent,
  restoreStudent,
  issueStudentCode,
  claimStudent,
  nameGuardians,
  readNamings,
  leaveStudent,
);
