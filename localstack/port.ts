import { StartFailure } from '../project/failure.ts';
import { ANY_ADDRESS, LOOPBACK, tryPort } from '../project/ports.ts';

/**
 * The address that HOST names to listen on: this machine's own, unless every one is asked for, as a container must.
 * @throws StartFailure when it is neither
 */
export function requireHost(env: NodeJS.ProcessEnv): string {
  const host = env.HOST || LOOPBACK;
  if (host !== LOOPBACK && host !== ANY_ADDRESS)
    throw new StartFailure(
      `HOST must be ${LOOPBACK}, or ${ANY_ADDRESS} inside a container, not "${host}": the demo accounts are for this machine.`,
    );
  return host;
}

/**
 * The ports that PORT names, separated by commas; 3000 else.
 * @throws StartFailure when one is none, is named twice, or cannot be had
 */
export async function requirePorts(env: NodeJS.ProcessEnv, host = LOOPBACK): Promise<[number, ...number[]]> {
  const [first = 0, ...others] = (env.PORT || '3000').split(',').map((value) => portOf(value.trim()));
  const ports: [number, ...number[]] = [first, ...others];
  const twice = ports.find((port, i) => ports.indexOf(port) !== i);
  if (twice) throw new StartFailure(`PORT names ${twice} twice.`);
  for (const port of ports) await mustBeFree(port, host, others.length > 0);
  return ports;
}

function portOf(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port < 1 || port > 65_535)
    throw new StartFailure(`PORT must be a number from 1 to 65535, or several with commas, not "${value}".`);
  return port;
}

async function mustBeFree(port: number, host: string, isOneOfSeveral: boolean): Promise<void> {
  await tryPort(port, host).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EACCES' ? 'needs more rights' : 'is already taken';
    const remedy = isOneOfSeveral
      ? 'PORT names the others without it.'
      : `PORT chooses another, for example PORT=${suggestion(port)} npm start.`;
    throw new StartFailure(`port ${port} ${reason}; ${remedy}`);
  });
}

const suggestion = (port: number): number => (port < 1024 || port > 65_000 ? 3000 : port + 1);
