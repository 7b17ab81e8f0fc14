import type { Api } from '../api/connect.ts';
import { type Listed, listed, type Wanted } from '../api/take.ts';
import { sent } from '../declare.ts';
import { Misuse, Refused } from '../failure.ts';
import { words } from '../language.ts';

/** By what students are found. */
interface Sought extends Wanted {
  readonly text?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly phone?: string | undefined;
  readonly class?: string | undefined;
}

const pages = (api: Api, wanted: Wanted, filters: object) =>
  listed(wanted, (page) => api.GET('/students', { params: { query: { ...filters, ...page } } }));

type Student = Awaited<ReturnType<typeof pages>>['items'][number];

/** Those who are found where the text can be meant as one, nobody where it cannot: a class is no phone number. */
async function asIfMeant(found: Promise<Listed<Student>>): Promise<Listed<Student>> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Refused && error.refusal.status === 400) return { items: [], more: false };
    throw error;
  }
}

/** Finds students by fields, or by one text that is the beginning of either name, a phone number or a class. */
export async function search(api: Api, { text, class: class_name, ...given }: Sought): Promise<Listed<Student>> {
  const { first_name, last_name, phone, ...wanted } = given;
  const filters = sent({ first_name, last_name, phone, class_name });
  if (!text) {
    if (Object.keys(filters).length > 0) return pages(api, wanted, filters);
    throw new Misuse(words('what to search for is missing', 'il manque ce qui est à chercher'));
  }
  const readings = /^[+(\d][\d\s().-]{5,}$/.test(text)
    ? [{ phone: text }]
    : [{ last_name: text }, { first_name: text }, { class_name: text }, ...nameReadings(text)];
  const found = await Promise.all(readings.map((one) => asIfMeant(pages(api, wanted, { ...filters, ...one }))));
  const each = new Map(found.flatMap(({ items }) => items).map((student) => [student.id, student]));
  return { items: [...each.values()], more: found.some(({ more }) => more) };
}

/** A first and a family name, in either order. */
function nameReadings(text: string): { first_name: string; last_name: string }[] {
  const [first, ...rest] = text.trim().split(/\s+/);
  const last = rest.join(' ');
  return first && last
    ? [
        { first_name: first, last_name: last },
        { first_name: last, last_name: first },
      ]
    : [];
}
