import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { freePort } from '../project/ports.ts';
import { runWell } from '../project/processes.ts';
import { Lacking } from './frame.ts';
import { type Server, serve } from './process.ts';

const here = import.meta.dirname;
const venv = join(here, '.venv');

/** Flask's Python, in an environment of its own that the first run makes. Needs Python 3.10 or later. */
async function python(): Promise<string> {
  const [wanted, has] = [join(here, 'flask/requirements.txt'), join(venv, 'requirements.txt')];
  const requirements = readFileSync(wanted, 'utf8');
  const bin = join(venv, 'bin');
  if (existsSync(has) && readFileSync(has, 'utf8') === requirements) return bin;
  try {
    await runWell('python3', ['-m', 'venv', venv]);
    await runWell(join(bin, 'pip'), ['install', '--quiet', '-r', wanted]);
  } catch (error) {
    throw new Lacking(`Flask could not be installed: ${error}`);
  }
  writeFileSync(has, requirements);
  return bin;
}

/** The Flask program with its database, ready to be served. */
export class Flask {
  readonly #bin: string;
  readonly #env: NodeJS.ProcessEnv;
  /** What its authorised route wants. */
  readonly token: string;

  private constructor(bin: string, env: NodeJS.ProcessEnv, token: string) {
    this.#bin = bin;
    this.#env = env;
    this.token = token;
  }

  /** @param folder for its database @throws Lacking where there is no Python */
  static async prepare(folder: string): Promise<Flask> {
    const bin = await python();
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const env = {
      GRADES_DB: join(folder, 'grades.sqlite'),
      PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    };
    await runWell(join(bin, 'python'), [join(here, 'flask/app.py')], { env });
    const token = new SignJWT({ sid: 's' }).setProtectedHeader({ alg: 'ES256' }).setSubject('admin');
    const signed = token.setIssuer('campus').setAudience('campus-api').setExpirationTime('1h').sign(privateKey);
    return new Flask(bin, env, await signed);
  }

  /** Starts gunicorn with two workers. */
  async start(options: readonly string[] = []): Promise<Server> {
    const address = `127.0.0.1:${await freePort()}`;
    const args = ['-w', '2', ...options, '-b', address, '--chdir', join(here, 'flask'), 'app:app'];
    return serve(join(this.#bin, 'gunicorn'), args, `http://${address}/get_grades/1`, this.#env);
  }
}
