import { endpoint } from '../../platform/http/endpoint.ts';
import { createPerson } from './create-person.ts';
import { deletePerson } from './delete-person.ts';
import { listPersons } from './list-persons.ts';
import { readPerson } from './read-person.ts';
import { replacePerson } from './replace-person.ts';

export const handler = endpoint(createPerson, readPerson, listPersons, replacePerson, deletePerson);
