import { endpoint } from '../../platform/http/endpoint.ts';
import { listClasses, readClass } from './classes/read-classes.ts';
import { setProgramme } from './classes/set-programme.ts';
import { classStats } from './figures/class-stats.ts';
import { listAverages } from './rankings/list-averages.ts';
import { topTen } from './rankings/top-ten.ts';
import { createTerm } from './terms/create-term.ts';
import { listTerms } from './terms/read-terms.ts';
import { turnTerm } from './terms/turn-term.ts';

export const handler = endpoint(
  listTerms,
  createTerm,
  turnTerm,
  listClasses,
  readClass,
  setProgramme,
  classStats,
  topTen,
  listAverages,
);
