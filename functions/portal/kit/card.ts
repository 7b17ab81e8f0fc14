import type { Localized } from '../../../platform/base/language.ts';
import type { Control, Option } from './form-controls.ts';
import type { Visit } from './visit.ts';

/** The controls of a payment card. None of them is shown again with what was typed, but when the card expires. */
export const CARD: readonly Control[] = [
  {
    name: 'card.number',
    label: { fr: 'Numéro de carte', en: 'Card number' },
    hint: {
      fr: 'Paiement simulé : la carte d’essai 4242 4242 4242 4242 est acceptée',
      en: 'Simulated payment: the test card 4242 4242 4242 4242 is approved',
    },
    bare: true,
    inputMode: 'numeric',
    maxLength: 40,
    autocomplete: 'cc-number',
  },
  {
    name: 'card.exp_month',
    label: { fr: 'Expire : mois (MM)', en: 'Expires: month (MM)' },
    bare: true,
    inputMode: 'numeric',
    maxLength: 2,
    autocomplete: 'cc-exp-month',
  },
  {
    name: 'card.exp_year',
    label: { fr: 'Expire : année (AAAA)', en: 'Expires: year (YYYY)' },
    bare: true,
    inputMode: 'numeric',
    maxLength: 4,
    autocomplete: 'cc-exp-year',
  },
  {
    name: 'card.cvc',
    label: { fr: 'Cryptogramme', en: 'Security code' },
    as: 'password',
    bare: true,
    inputMode: 'numeric',
    maxLength: 4,
    autocomplete: 'cc-csc',
  },
];

const METHODS = {
  card: { fr: 'Carte', en: 'Card' },
  transfer: { fr: 'Virement', en: 'Transfer' },
  mobile_money: { fr: 'Mobile money', en: 'Mobile money' },
  cash: { fr: 'Espèces', en: 'Cash' },
} satisfies Record<string, Localized>;

type Method = keyof typeof METHODS;

const isMethod = (method: string): method is Method => Object.hasOwn(METHODS, method);

/** A means of payment in words; what we have no words for, as it is called. */
export const methodName = (visit: Visit, method: string): string =>
  isMethod(method) ? visit.say(METHODS[method]) : method;

export const methodOptions = (visit: Visit, methods: readonly Method[]): Option[] =>
  methods.map((value) => ({ value, text: visit.say(METHODS[value]) }));

/** What is shown again of a card. */
export const cardValues = (visit: Visit): Record<string, string> => ({
  'card.exp_month': visit.typed('card.exp_month'),
  'card.exp_year': visit.typed('card.exp_year'),
});

/** A number where one was typed; the service says what is wrong with anything else. */
const numeric = (text: string): number | string => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : text);

/** How it is paid: `{ method }`, and the card where it is one. */
export function methodIn(visit: Visit): Record<string, unknown> {
  const method = visit.typed('method');
  if (method !== 'card') return { method };
  const cvc = visit.typed('card.cvc');
  const card = {
    number: visit.typed('card.number'),
    exp_month: numeric(visit.typed('card.exp_month')),
    exp_year: numeric(visit.typed('card.exp_year')),
    ...(cvc && { cvc }),
  };
  return { method, card };
}

/** How a card is refused as a whole: at its number. */
export const CARD_CODES = { card_declined: 'card.number', insufficient_funds: 'card.number' } as const;
