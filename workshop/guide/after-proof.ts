import { spawn } from 'node:child_process';
import { join } from 'node:path';
import openInBrowser from 'open';
import { endOf } from '../../terminal/child.ts';
import { type KeyOffer, offerKeys } from '../../terminal/key-offers.ts';

export interface AfterProof {
  readonly repository: string;
  /** URL of the report. Missing where none was written. */
  readonly page: string | undefined;
  /** The factor that a hint would help with. Missing where there is nothing to help with. */
  readonly hintFor: number | undefined;
  readonly signal: AbortSignal;
}

/** On a terminal, offers what one may want after a proof. Returns whether that is to run it again. */
export async function wantsAgain({ repository, page, hintFor, signal }: AfterProof): Promise<boolean> {
  let isAgain = false;
  const offers: KeyOffer[] = [
    ...(page === undefined ? [] : [{ key: 'o', says: 'opens the report', action: () => open(page) }]),
    {
      ...{ key: 'r', says: 'runs again' },
      action: async () => {
        isAgain = true;
        return false;
      },
    },
    ...(hintFor === undefined ? [] : [{ key: 'h', says: 'a hint', action: () => hint(hintFor, repository, signal) }]),
  ];
  await offerKeys(offers, { input: process.stdin, output: process.stdout, environment: process.env, signal });
  return isAgain && !signal.aborted;
}

async function open(page: string): Promise<boolean> {
  await openInBrowser(page);
  return true;
}

/** The next hint, as `npm run workshop -- hint` gives it. */
async function hint(factor: number, repository: string, signal: AbortSignal): Promise<boolean> {
  const args = [join(repository, 'scripts', 'workshop.ts'), 'hint', String(factor)];
  await endOf(spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }), signal);
  return true;
}
