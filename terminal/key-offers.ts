import { styleText } from 'node:util';
import { type Keyboard, readKeys } from './keyboard.ts';

/** Something that a person may ask for with one key. */
export interface KeyOffer {
  readonly key: string;
  /** What it does, in the imperative. */
  readonly says: string;
  /** Returns whether to go on offering. */
  readonly action: () => Promise<boolean>;
}

export interface KeysOptions {
  readonly input: Keyboard;
  readonly output: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Whether a person sits there who could press a key: a terminal on both ends, and no automation. */
export const isInteractive = ({ input, output, environment }: Omit<KeysOptions, 'signal'>): boolean =>
  input.isTTY === true && output.isTTY === true && !environment['CI'];

/** Offers keys until another one is pressed, or an action says that it is enough. Returns at once where nobody could press one. */
export async function offerKeys(offers: readonly KeyOffer[], options: KeysOptions): Promise<void> {
  const { output, signal } = options;
  if (offers.length === 0 || !isInteractive(options)) {
    return;
  }
  const line = offers.map(({ key, says }) => `${styleText('bold', key)} ${says}`).join('   ');
  for (let goesOn = true; goesOn && !signal.aborted; ) {
    output.write(`\n${line}   any other key leaves\n`);
    const pressed = await keyPressed(options);
    const offer = offers.find(({ key }) => key === pressed);
    goesOn = offer ? await offer.action() : false;
  }
}

/** The next key; undefined where the wait was ended, or the terminal closed. Ctrl-C is a key here, too: any other one. */
async function keyPressed({ input, signal }: KeysOptions): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const leave = () => resolve(undefined);
  signal.addEventListener('abort', leave);
  input.once('end', leave);
  const release = readKeys(input, resolve);
  try {
    return await promise;
  } finally {
    release();
    input.off('end', leave);
    signal.removeEventListener('abort', leave);
  }
}
