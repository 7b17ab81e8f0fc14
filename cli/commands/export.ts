import { createReadStream } from 'node:fs';
import { download } from '../api/download.ts';
import { command, flag, text } from '../declare.ts';
import { Misuse } from '../failure.ts';
import { words } from '../language.ts';
import { column } from '../output/output.ts';
import { bytesShown } from '../output/progress.ts';
import { type Manifest, Verifier } from './manifest.ts';
import { done } from './shared.ts';

const PART = [
  column('part', 'Part', 'Partie'),
  column('lines', 'Lines', 'Lignes', 'number'),
  column('bytes', 'Bytes', 'Octets', 'number'),
  column('sha256', 'SHA-256', 'SHA-256'),
];

const WHOLE = {
  type: 'object',
  properties: {
    file: { type: 'string' },
    began_at: { type: 'string', format: 'date-time' },
    ended_at: { type: 'string', format: 'date-time' },
    parts: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          part: { type: 'string' },
          lines: { type: 'integer' },
          bytes: { type: 'integer' },
          sha256: { type: 'string' },
        },
        required: ['part', 'lines', 'bytes', 'sha256'],
        additionalProperties: false,
      },
    },
  },
  required: ['file', 'began_at', 'ended_at', 'parts'],
  additionalProperties: false,
};

const described = (file: string, { began_at, ended_at, parts }: Manifest) => ({
  file,
  ...{ began_at, ended_at },
  parts: parts.map(({ part, lines, bytes, sha256 }) => ({ part, lines, bytes, sha256 })),
});

/** Holds a file that lies here against its manifest. @throws Failure, Misuse */
async function checked(file: string): Promise<Manifest> {
  const verifier = new Verifier();
  try {
    for await (const chunk of createReadStream(file)) verifier.take(chunk as Buffer);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !('code' in (error as object))) throw error;
    const { message } = error as Error;
    throw new Misuse(words(`${file} is no export: ${message}`, `${file} n'est pas un export : ${message}`));
  }
  return verifier.end();
}

export const exportSchool = command({
  about: words(
    'Take the whole school along in one file, held against its manifest; what is not whole takes no file’s place',
    "Emporter toute l'école dans un fichier, vérifié contre son manifeste ; incomplet, il ne remplace rien",
  ),
  answers: WHOLE,
  args: { file: text('FILE', words('lines of JSON', 'des lignes de JSON')) },
  options: {
    all: flag(words('every record of every part', 'chaque donnée de chaque partie')),
    check: flag(
      words(
        'ask the school for nothing: check a file that lies here',
        "ne rien demander à l'école : vérifier un fichier d'ici",
      ),
    ),
  },
  examples: [
    ['campus export campus.ndjson --all', words('for a copy elsewhere', 'pour une copie ailleurs')],
    ['campus export campus.ndjson --check', words('whether it is whole', "s'il est complet")],
  ],
  async run({ file, all, check }, office) {
    if (check) {
      const manifest = await checked(file);
      return { kind: 'rows', items: manifest.parts, whole: described(file, manifest), columns: PART };
    }
    if (!all)
      throw new Misuse(
        words('--all says that the whole school is meant', "--all dit que toute l'école est voulue"),
        words('campus students export writes a list of students', "campus students export écrit une liste d'étudiants"),
      );
    let manifest: Manifest | undefined;
    const bytes = await download(
      office,
      file,
      () => office.api.GET('/export', { parseAs: 'stream' }),
      () => {
        const verifier = new Verifier();
        return {
          take: (chunk) => verifier.take(chunk),
          end: () => {
            manifest = verifier.end();
          },
        };
      },
    );
    const lines = manifest?.parts.reduce((sum, part) => sum + part.lines, 0) ?? 0;
    const shown = (language: 'en' | 'fr') => bytesShown(bytes, language);
    return done(
      `${file}: ${lines} lines, ${shown('en')}, whole.`,
      `${file} : ${lines} lignes, ${shown('fr')}, complet.`,
      { item: manifest && described(file, manifest) },
    );
  },
});
