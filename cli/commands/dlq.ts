import { take } from '../api/take.ts';
import { choice, command } from '../declare.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { done } from './shared.ts';

/** The services that hear messages. */
const SERVICES = ['registration', 'grades', 'auth', 'orders', 'health'] as const;

const LETTER = [
  column('id', 'Id', 'Id', 'id'),
  column('sent_at', 'Sent', 'Envoyé', 'time'),
  column('expires_at', 'Kept until', "Gardé jusqu'au", 'time'),
  column('event.type', 'Event', 'Événement'),
  column('event.subject', 'About', 'À propos de'),
];

const service = {
  ...choice(SERVICES, words('whose messages', 'de quel service')),
  shown: 'SERVICE',
};

const list = command({
  about: words('Messages that a service gave up on', "Les messages qu'un service a abandonnés"),
  answers: 'showGradesLetters',
  args: { service },
  examples: [
    [
      'campus dlq list grades',
      words('what they were about, and until when they are kept', 'leur objet, et leur échéance'),
    ],
  ],
  async run({ service }, { api }) {
    const whole = await take(api.GET(`/dead-letters/${service}`));
    const { letters: items, waiting } = whole;
    const counted = words(`${waiting} waiting; the oldest:`, `${waiting} en attente ; les plus anciens :`);
    return { kind: 'rows', items, columns: LETTER, whole, above: (terminal) => terminal.say(counted) };
  },
});

const redrive = command({
  about: words('Send them again', 'Les envoyer de nouveau'),
  answers: 'redriveGradesLetters',
  args: { service },
  examples: [['campus dlq redrive grades', words('once the cause is mended', "une fois l'obstacle levé")]],
  async run({ service }, { api }) {
    const item = await take(api.POST(`/dead-letters/${service}/redrive`));
    const { redriven, waiting } = item;
    return done(`${redriven} sent again, ${waiting} left.`, `${redriven} renvoyés, ${waiting} restent.`, { item });
  },
});

export const commands = { list, redrive };
