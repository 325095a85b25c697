import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import type { ProofKind } from '../proof/experiments.ts';
import type { Proof } from '../proof/proof.ts';
import { problemsOf } from './check.ts';
import { exerciseOf } from './exercise.ts';
import { type Handout, handoutOf, type Variant, writeHandout } from './handout.ts';
import { myFolder } from './my-folder.ts';
import { type ProveMineOptions, proveMine } from './prove-mine.ts';

/** How one variant of an exercise came out, beside what it must come to. */
export interface Rehearsed {
  readonly factor: number;
  /** `untouched`, `solution`, the name of a mistake, or one of these and `further`. */
  readonly variant: string;
  readonly seconds: number;
  /** What was found, in a few words. */
  readonly found: string;
  /** What is wrong with that; undefined where it is as it must be, or could not be told. */
  readonly wrong?: string;
  /** The machine was too busy to tell. */
  readonly isTooBusy: boolean;
}

export interface RehearsalOptions {
  readonly repository: string;
  /** Only these variants. @default - all */
  readonly only?: readonly string[];
  readonly signal: AbortSignal;
  readonly onDone: (rehearsed: Rehearsed) => void;
}

/** What is tried of an exercise, and what must come of it. */
interface Part {
  readonly variant: string;
  readonly handout: Variant;
  readonly kind: ProofKind;
  /** What is wrong with a proof; undefined where it came out as it must, or the machine was too busy to tell. */
  judge(proof: Proof): string | undefined;
}

/**
 * Tries an exercise as attendees would, in a copy of the repository: what is handed out must not be ready, and with its
 * `TODO`s struck out must meet no gate; the solution must be proved; each mistake must miss the gate that names it.
 */
export async function rehearse(factor: number, options: RehearsalOptions): Promise<void> {
  const { repository, only, signal, onDone } = options;
  const { mistakes } = await exerciseOf(factor, repository);
  const parts: Part[] = [
    { variant: 'untouched', handout: 'start', kind: 'lesson', judge: metNothing },
    { variant: 'solution', handout: 'solution', kind: 'lesson', judge: isProved },
    ...Object.entries(mistakes).map(
      ([mistake, { missed }]): Part => ({
        ...{ variant: mistake, handout: { mistake }, kind: 'lesson' },
        judge: (proof) => missedGate(proof, missed),
      }),
    ),
    { variant: 'further: the solution', handout: 'solution', kind: 'further', judge: metNothing },
    { variant: 'further', handout: 'further', kind: 'further', judge: isProved },
  ];
  const copy = await createWorkingCopy(repository, { exercises: true });
  try {
    for (const part of parts.filter(({ variant }) => only?.includes(variant) ?? true)) {
      const started = performance.now();
      const result = await tryOut(factor, part, copy.repository, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        const why = error instanceof Error ? error.message : String(error);
        return { found: 'not proved', wrong: why, isTooBusy: false };
      });
      onDone({ factor, variant: part.variant, seconds: (performance.now() - started) / 1000, ...result });
    }
  } finally {
    await copy.close();
  }
}

async function tryOut(
  factor: number,
  { handout: variant, kind, judge }: Part,
  repository: string,
  signal: AbortSignal,
): Promise<Pick<Rehearsed, 'found' | 'wrong' | 'isTooBusy'>> {
  const handout = await handoutOf(factor, variant, repository);
  await rm(join(repository, myFolder(factor)), { recursive: true, force: true });
  if (variant === 'start') {
    await writeHandout(factor, handout, repository);
    const left = await problemsOf(factor, repository, signal);
    if (!left.some((problem) => problem.includes('left to do'))) {
      return { found: left.join('; '), wrong: 'What is handed out has no TODO.', isTooBusy: false };
    }
  }
  await writeHandout(factor, variant === 'start' ? struckOut(handout) : handout, repository);
  // Where nothing is done, the check finds that nothing is used; the experiment must find that nothing is met.
  const isUnchecked = variant === 'start';
  const proof = await proveOnQuietMachine(factor, { repository, kind, signal, isUnchecked });
  const found = proof.reasons[0] ?? proof.verdict;
  const wrong = judge(proof);
  return {
    found,
    isTooBusy: wrong === undefined && proof.verdict === 'TOO BUSY',
    ...(wrong !== undefined && { wrong }),
  };
}

/** As an attendee would who is told that the machine was too busy: again, though not for ever. */
async function proveOnQuietMachine(factor: number, options: ProveMineOptions): Promise<Proof> {
  let proof = await proveMine(factor, options);
  for (let again = 1; proof.verdict === 'TOO BUSY' && again < 3; again += 1) {
    proof = await proveMine(factor, options);
  }
  return proof;
}

/** As somebody leaves it who takes a `TODO` for a remark. */
const struckOut = (handout: Handout): Handout =>
  new Map([...handout].map(([name, text]) => [name, text.replaceAll('TODO', 'Done')]));

/** A gate that is met is wrong however busy the machine was. */
function metNothing({ verdict, rows }: Proof): string | undefined {
  const met = rows.filter(({ kind, holds }) => kind === 'gate' && holds).map(({ title }) => title);
  if (verdict === 'PROVED' || met.length > 0) {
    return `It is ${verdict}, and meets: ${met.join('; ')}`;
  }
  return undefined;
}

function isProved({ verdict, reasons }: Proof): string | undefined {
  return verdict === 'PROVED' || verdict === 'TOO BUSY' ? undefined : reasons.join(' ');
}

function missedGate({ verdict, rows, reasons }: Proof, name: string): string | undefined {
  const row = rows.find((one) => one.name === name);
  if (verdict === 'TOO BUSY' || (verdict === 'NOT PROVED' && row?.after.met === false)) {
    return undefined;
  }
  return `It is ${verdict}, and ${name} is ${row ? 'met' : 'not measured'}. ${reasons.join(' ')}`;
}
