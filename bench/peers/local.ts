import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { freePort } from '../../project/ports.ts';
import { runWell } from '../../project/processes.ts';
import { type Server, serve } from '../process.ts';
import { packages, python } from './installed.ts';

const programs = join(import.meta.dirname, 'local');

const PLAIN = '/get_grades/1';

/** The same server, asked for what verifies a token and looks up the session first. */
export const authorised = (server: Server): Server => ({
  ...server,
  url: server.url.replace('/get_grades/', '/authorised/get_grades/'),
});

/** What somebody would run on one machine instead, on one database: Flask and Express. */
export class LocalPeers {
  readonly #bin: string;
  readonly #env: NodeJS.ProcessEnv;
  /** What an authorised route wants. */
  readonly token: string;

  private constructor(bin: string, env: NodeJS.ProcessEnv, token: string) {
    this.#bin = bin;
    this.#env = env;
    this.token = token;
  }

  /** @param folder for the database @throws Lacking where there is no Python, or nothing to be had of a registry */
  static async prepare(folder: string): Promise<LocalPeers> {
    await packages();
    const bin = await python();
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const env = {
      GRADES_DB: join(folder, 'grades.sqlite'),
      PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    };
    await runWell(join(bin, 'python'), [join(programs, 'flask_app.py')], { env });
    const token = new SignJWT({ sid: 's' }).setProtectedHeader({ alg: 'ES256' }).setSubject('admin');
    const signed = token.setIssuer('campus').setAudience('campus-api').setExpirationTime('1h').sign(privateKey);
    return new LocalPeers(bin, env, await signed);
  }

  /** Flask under gunicorn with two workers. */
  async gunicorn(...options: readonly string[]): Promise<Server> {
    const port = await freePort();
    const args = ['-w', '2', ...options, '-b', `127.0.0.1:${port}`, '--chdir', programs, 'flask_app:app'];
    return this.#serve(join(this.#bin, 'gunicorn'), args, port);
  }

  /** Flask under the server that it brings for development, which closes each connection behind its answer. */
  async flask(): Promise<Server> {
    const port = await freePort();
    const args = ['--app', join(programs, 'flask_app.py'), 'run', '--host', '127.0.0.1', '--port', String(port)];
    return this.#serve(join(this.#bin, 'flask'), args, port);
  }

  /** Express in one process. */
  async express(): Promise<Server> {
    const port = await freePort();
    const args = ['--no-warnings', join(programs, 'express.mjs')];
    return this.#serve(process.execPath, args, port, { PORT: String(port), NODE_ENV: 'production' });
  }

  #serve(file: string, args: readonly string[], port: number, env: NodeJS.ProcessEnv = {}): Promise<Server> {
    return serve(file, args, `http://127.0.0.1:${port}${PLAIN}`, { ...this.#env, ...env });
  }
}
