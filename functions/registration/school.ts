import { endpoint } from '../../platform/http/endpoint.ts';
import { redriveRegistrationLetters, showRegistrationLetters } from './dead-letters.ts';
import { describeSchool, readSchool } from './school/describe-school.ts';

export const handler = endpoint(readSchool, describeSchool, showRegistrationLetters, redriveRegistrationLetters);
