import type { Localized } from '../../../platform/base/language.ts';

/** A service that the portal asks. */
export interface Service {
  readonly name: Localized;
  readonly does: Localized;
  /** A question that costs it little: any answer of its own, a refusal too, shows that it is there. */
  readonly path: string;
  /** What it is called in the addresses of its dead letters, where it is told anything by messages. */
  readonly hears?: string;
}

export const SERVICES: readonly Service[] = [
  {
    name: { fr: 'Inscriptions', en: 'Registration' },
    does: { fr: 'élèves, frais, l’école', en: 'students, fees, the school' },
    path: '/school',
    hears: 'registration',
  },
  {
    name: { fr: 'Notes', en: 'Marks' },
    does: { fr: 'périodes, notes, bulletins', en: 'terms, marks, report cards' },
    path: '/terms?limit=1',
    hears: 'grades',
  },
  {
    name: { fr: 'Comptes', en: 'Accounts' },
    does: { fr: 'connexion, rôles', en: 'signing in, roles' },
    path: '/users?limit=1',
    hears: 'auth',
  },
  {
    name: { fr: 'Boutique', en: 'Shop' },
    does: { fr: 'articles, commandes', en: 'articles, orders' },
    path: '/products?limit=1',
    hears: 'orders',
  },
  {
    name: { fr: 'Personnes', en: 'Persons' },
    does: { fr: 'fiches des personnes', en: 'records of persons' },
    path: '/persons?limit=1',
  },
  {
    name: { fr: 'Santé', en: 'Health' },
    does: { fr: 'mesures de santé', en: 'health measurements' },
    // Nobody's: no health record is opened to find out whether its service is there.
    path: '/health/999999999999999',
    hears: 'health',
  },
];
