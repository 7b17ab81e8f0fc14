import { endpoint } from '../../platform/http/endpoint.ts';
import { claimPerson, issuePersonCode } from './claim-person.ts';
import { listPersons, readPerson } from './read-persons.ts';
import { createPerson, deletePerson, replacePerson } from './write-persons.ts';

export const handler = endpoint(
  createPerson,
  readPerson,
  listPersons,
  replacePerson,
  deletePerson,
  issuePersonCode,
  claimPerson,
);
