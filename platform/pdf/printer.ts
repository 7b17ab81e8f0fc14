import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Language } from '../base/language.ts';
import { problem } from '../base/problems.ts';
import { FAMILIES, fonts } from './fonts.ts';
import { PAPER } from './paper.ts';
import { printable } from './printable.ts';

/** A document to be made. */
export interface Document {
  /** How it is laid out: Typst, which finds `data` there. Ours alone: nothing that anybody entered is ever part of it. */
  readonly layout: string;
  /** What it says, as JSON: texts stay texts, whatever they look like. */
  readonly data: object;
  readonly title: string;
  readonly language: Language;
  /** The school's logo as a data URL (PNG or JPEG); the layout finds its name under `logo`. */
  readonly logo?: string | undefined;
}

/** As the package is seen when it is required, imported or bundled. */
interface Engine {
  readonly NodeCompiler?: typeof NodeCompiler;
  readonly default?: { readonly NodeCompiler: typeof NodeCompiler };
}

/** Nothing lies there: a layout can read no file but those that it is given. */
const WORKSPACE = '/campus-printing';

let compiler: Promise<NodeCompiler | undefined> | undefined;

/** The typesetter, loaded with the first document: its native part is 50 MB. Undefined where this platform has none. */
const typesetter = (): Promise<NodeCompiler | undefined> => {
  compiler ??= import('@myriaddreamin/typst-ts-node-compiler').then(
    (engine: Engine) => {
      const { blobs } = fonts();
      const Compiler = engine.NodeCompiler ?? engine.default?.NodeCompiler;
      return Compiler?.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: [...blobs] }] });
    },
    () => undefined,
  );
  return compiler;
};

const LOGO = /^data:image\/(?<type>png|jpeg);base64,(?<base64>.+)$/;

/** A text of Typst; what is put between its quotes is ours: the families and `fr` or `en`. */
const quoted = (text: string): string => `"${text}"`;

const sourceOf = ({ layout, language }: Document): string =>
  [
    '#let (title, logo, data) = json(bytes(sys.inputs.document))',
    '#set document(title: title, date: none)',
    `#set text(lang: ${quoted(language)}, font: (${FAMILIES.map(quoted).join(', ')}), fallback: false)`,
    PAPER,
    layout,
  ].join('\n');

/** Typesets a document. @param logo the path of the logo, where there is one */
function typeset(engine: NodeCompiler, document: Document, logo: string | undefined): Uint8Array {
  const { title, data } = document;
  const inputs = { document: JSON.stringify({ title: printable(title), logo: logo ?? null, data: printable(data) }) };
  const made = engine.compile({ mainFileContent: sourceOf(document), inputs });
  if (!made.result) {
    const errors = made.takeDiagnostics();
    throw new Error('A document could not be typeset', { cause: errors && engine.fetchDiagnostics(errors) });
  }
  return engine.pdf(made.result, { pdfStandard: 'ua-1' });
}

function typesetWithLogo(engine: NodeCompiler, document: Document): Uint8Array {
  const { type, base64 } = LOGO.exec(document.logo ?? '')?.groups ?? {};
  if (!base64) return typeset(engine, document, undefined);
  const path = `${WORKSPACE}/logo.${type}`;
  engine.mapShadow(path, Buffer.from(base64, 'base64'));
  try {
    return typeset(engine, document, `/logo.${type}`);
  } catch {
    // An image that begins like one and is none: the document matters more.
    return typeset(engine, document, undefined);
  } finally {
    engine.unmapShadow(path);
  }
}

/** Whether documents can be made on this platform. */
export const canPrint = async (): Promise<boolean> => (await typesetter()) !== undefined;

/**
 * Makes a document as PDF/UA-1, tagged and with its fonts in it; the same document is always the same bytes. Some 40 ms
 * a page, in which nothing else runs.
 * @throws printing_unavailable where the platform has no typesetter
 */
export async function print(document: Document): Promise<Uint8Array> {
  const engine = await typesetter();
  if (!engine) throw problem.printing_unavailable();
  const pdf = typesetWithLogo(engine, document);
  // What is remembered between documents would grow with each of them.
  engine.evictCache(0);
  return pdf;
}
