import { constants } from 'node:os';
import { InvalidEnvironment, readEnvironment, wholeNumber } from './environment.ts';
import { type HttpHandler, serveHttp } from './http-server.ts';
import { oneLine } from './one-line.ts';

const highestPort = 65_535;

/** One Ctrl-C can reach a process twice, from the terminal and from npm: signals so close to each other are one. */
const sameStopMs = 250;

/**
 * Runs a handler as a server: the whole of a process, from its environment to its exit code.
 *
 * It listens on the port that `portVariable` names, on `HOST` or else on this machine only, and says where on stderr, as
 * `listening on URL`; stdout is for the handler's own lines. On SIGTERM, SIGINT or SIGHUP, or when the process that started
 * it is gone, it stops accepting, answers the requests it has, for 15 s at most, and exits: 0, or 1 if it had to cut requests
 * off. A second signal ends it at once. Where it cannot start, it says why in one line and exits with 1.
 *
 * @param portVariable - Environment variable with the port; 0 is any that is free.
 * @param load - Imports the handler. Done here, so that an environment that is not right is one line, too.
 */
export async function runServer(
  portVariable: string,
  load: () => Promise<{ readonly handler: HttpHandler }>,
): Promise<void> {
  try {
    const { port } = readEnvironment({ port: portVariable }, process.env);
    const { handler } = await load();
    const host = process.env['HOST'];
    const server = await serveHttp(handler, { port: portNumber(portVariable, port), ...(host && { host }) });
    onStop(async () => {
      const answered = await server.close();
      if (!answered) {
        console.error('Requests that took too long were cut off.');
      }
      process.exit(answered ? 0 : 1);
    });
    console.error(`listening on ${server.url}`);
  } catch (error) {
    console.error(whyNot(error, portVariable));
    process.exit(1);
  }
}

function portNumber(variable: string, value: string): number {
  const port = wholeNumber(variable, value, 0);
  if (port > highestPort) {
    throw new InvalidEnvironment(`${variable} must be at most ${highestPort}, and is "${value}"`);
  }
  return port;
}

function onStop(drain: () => Promise<void>): void {
  let stoppedAt: number | undefined;
  const stop = () => {
    stoppedAt = performance.now();
    void drain();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stoppedAt === undefined) {
        stop();
      } else if (performance.now() - stoppedAt > sameStopMs) {
        process.exit(128 + constants.signals[signal]);
      }
    });
  }
  process.once('disconnect', () => stoppedAt === undefined && stop());
}

function whyNot(error: unknown, portVariable: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EADDRINUSE':
      return `The port of ${portVariable} is in use (${message}). Set ${portVariable} to another, or to 0 for any that is free.`;
    case 'EACCES':
      return `The port of ${portVariable} needs special rights (${message}). Set ${portVariable} to one above 1023.`;
    default:
      return oneLine(error);
  }
}
