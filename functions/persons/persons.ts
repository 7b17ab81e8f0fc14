import { endpoint } from '../../platform/http/endpoint.ts';
import { claimPerson, issuePersonCode } from './claim-person.ts';
import { listPersons, listPersonsOf, readPerson } from './read-persons.ts';
import { createPerson, deletePerson, replacePerson } from './write-persons.ts';

export const handler = endpoint(
  createPerson,
  readPerson,
  listPersons,
  listPersonsOf,
  replacePerson,
  deletePerson,
  issuePersonCode,
  claimPerson,
);
