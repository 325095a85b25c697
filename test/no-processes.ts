import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/**
 * For the quick tests: one that starts a process fails, and its message asks for the other name. It holds the two kinds apart without a list of
 * their names.
 */
function refuse(): never {
  throw new Error('A test that starts a process is named *.slow.test.ts, so that the quick ones stay quick.');
}

for (const name of ['spawn', 'spawnSync', 'fork', 'exec', 'execSync', 'execFile', 'execFileSync'] as const) {
  Object.assign(childProcess, { [name]: refuse });
}
syncBuiltinESMExports();
