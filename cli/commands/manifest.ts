import { createHash, type Hash } from 'node:crypto';
import { EXIT, Failure } from '../failure.ts';
import { words } from '../language.ts';

/** A part of a school's export, as its manifest has it. */
export interface Part {
  readonly part: string;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly began_at: string;
  readonly ended_at: string;
  readonly parts: readonly Part[];
}

interface Sum {
  readonly hash: Hash;
  lines: number;
  bytes: number;
}

const notWhole = (en: string, fr: string): Failure =>
  new Failure(words(`the export is not whole: ${en}`, `l'export n'est pas complet : ${fr}`), EXIT.failed);

/** Holds the lines of an export against its manifest, which is the last of them, as they go by. */
export class Verifier {
  readonly #sums = new Map<string, Sum>();
  #rest: Buffer = Buffer.alloc(0);
  #manifest: Manifest | undefined;

  take(chunk: Uint8Array): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(10, from); end >= 0; end = bytes.indexOf(10, from)) {
      this.#line(bytes.subarray(from, end + 1));
      from = end + 1;
    }
    this.#rest = bytes.subarray(from);
  }

  #line(line: Buffer): void {
    const { part, manifest } = JSON.parse(line.toString()) as { part?: string; manifest?: Manifest };
    if (manifest) this.#manifest = manifest;
    if (part === undefined) return;
    const sum = this.#sums.get(part) ?? { hash: createHash('sha256'), lines: 0, bytes: 0 };
    this.#sums.set(part, sum);
    sum.hash.update(line);
    sum.lines += 1;
    sum.bytes += line.length;
  }

  /** @throws Failure when a line is missing, or is not what was sent */
  end(): Manifest {
    const manifest = this.#manifest;
    if (!manifest || this.#rest.length > 0) throw notWhole('its last line is missing', 'sa dernière ligne manque');
    const empty = (): Sum => ({ hash: createHash('sha256'), lines: 0, bytes: 0 });
    for (const { part, lines, bytes, sha256 } of manifest.parts) {
      const sum = this.#sums.get(part) ?? empty();
      this.#sums.delete(part);
      if (sum.lines !== lines || sum.bytes !== bytes || sum.hash.digest('hex') !== sha256)
        throw notWhole(`${part} has ${sum.lines} lines of ${lines}`, `${part} a ${sum.lines} lignes sur ${lines}`);
    }
    for (const part of this.#sums.keys()) throw notWhole(`nothing speaks for ${part}`, `rien ne répond de ${part}`);
    return manifest;
  }
}
