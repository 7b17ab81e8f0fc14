import { schoolPart } from '../../platform/http/part.ts';
import { streamingEndpoint } from '../../platform/http/streaming.ts';
import { table } from './table.ts';

export const exportAccounts = schoolPart({
  name: 'auth',
  table,
  kinds: {
    account: /^USER#.* ACCOUNT$/,
    look_of_staff: /^LOOKS#/,
    sent_notice: /^SENT#/,
  },
  derived: ['directory', 'folded_username'],
  withheld: { account: ['password_hash', 'generation', 'ended_sessions'] },
  kept: {
    sessions: { at: /^USER#.* SESSION#/, why: { fr: 'secrets de sessions ouvertes', en: 'secrets of open sessions' } },
    sign_in_codes: {
      at: /^CODE#/,
      why: { fr: 'codes de connexion, bons une minute', en: 'sign-in codes, good for a minute' },
    },
    guesses: { at: /^GUESS#/, why: { fr: 'mots de passe essayés en vain', en: 'passwords tried in vain' } },
  },
});

export const handler = streamingEndpoint(exportAccounts);
