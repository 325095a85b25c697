/**
 * The process of a {@link import('./watchdog.ts').Watchdog}. Reads lines of `guard PROCESS-ID ENVIRONMENT-ID` and
 * `release PROCESS-ID ENVIRONMENT-ID` from stdin, until the endpoint is gone. Plain JavaScript, as it starts beside the first environment.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';

const [, , directory = ''] = process.argv;
const mostLooks = 100;
/** Environment ids by process id. */
const guarded = new Map();

// It has work to do when others are told to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => undefined);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [what, processId, environmentId] = line.split(' ');
  if (what === 'guard') {
    guarded.set(Number(processId), environmentId);
  } else {
    guarded.delete(Number(processId));
    endStragglers([environmentId]);
  }
}
for (const processId of guarded.keys()) {
  kill(process.platform === 'win32' ? processId : -processId);
}
endStragglers([...guarded.values()]);
rmSync(directory, { recursive: true, force: true, maxRetries: 3 });

/**
 * Ends what environments have started in groups or sessions of their own. Linux shows the variables of every process of
 * the same user. One that is being started while its like are ended is found by the next look; one that the system cannot
 * end is not waited for.
 */
function endStragglers(environmentIds) {
  if (process.platform !== 'linux' || environmentIds.length === 0) {
    return;
  }
  for (let look = 0; look < mostLooks && stragglers(environmentIds).map(kill).some(Boolean); look++) {}
}

function stragglers(environmentIds) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((processId) => {
      const api = /(?:^|\0)AWS_LAMBDA_RUNTIME_API=([^\0]*)/.exec(variablesOf(processId))?.[1] ?? '';
      return environmentIds.some((id) => api.endsWith(`/${id}`));
    })
    .map(Number);
}

/** Empty for a process that has ended, and for one of another user. */
function variablesOf(processId) {
  try {
    return readFileSync(`/proc/${processId}/environ`, 'latin1');
  } catch {
    return '';
  }
}

/** Whether there was something to end. */
function kill(processId) {
  try {
    return process.kill(processId, 'SIGKILL');
  } catch {
    return false;
  }
}
