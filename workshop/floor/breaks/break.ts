import type { Faults } from '../../experiment/fault-port.ts';
import type { Lane } from '../lane.ts';

/** What a break is done with. */
export interface Ground {
  readonly endpoint: string;
  readonly faults: Faults;
  /** Whether the endpoint has a fault port, and tells what happens. */
  readonly hasFaults: boolean;
  /** Those that are open. */
  readonly lanes: readonly Lane[];
  /** So many customers come at once. */
  burst(count: number): void;
  deploy(): Promise<void>;
  /** Has what ran before run again. */
  rollBack(): Promise<void>;
  /** Whether there was a deploy to go back from. */
  readonly canRollBack: boolean;
}

/** Something that goes wrong in a factory, or is done to it, as a button. It is done to all lanes alike. */
export interface Break {
  readonly name: string;
  readonly title: string;
  /** What it does, in one line. */
  readonly does: string;
  /** What to watch for, in one line. */
  readonly watch: string;
  readonly isBad: boolean;
  /** Why it cannot be done here; empty where it can. */
  unavailable(ground: Ground): string;
  /** Does it. What it returns takes it back; then it lasts until somebody does. */
  start(ground: Ground): Promise<(() => Promise<void>) | undefined>;
}

/** A break that cannot be done. The page says why. */
export class RefusedBreak extends Error {
  override readonly name = 'RefusedBreak';
}

export const always = (): string => '';

export const noFaultPort = 'This endpoint has no open fault port, so it cannot be broken on request.';

export const needsFaults = ({ hasFaults }: Ground): string => (hasFaults ? '' : noFaultPort);

export function needsOutput(output: string, why: string) {
  return ({ lanes }: Ground): string => (lanes.some(({ outputs }) => outputs?.[output] !== undefined) ? '' : why);
}

/** The first reason of several. */
export const needsAll =
  (...needs: readonly ((ground: Ground) => string)[]) =>
  (ground: Ground): string =>
    needs.map((need) => need(ground)).find((why) => why !== '') ?? '';

/** What lanes call something in their outputs; lanes that have none are left out. */
export const namesOf = (lanes: readonly Lane[], ...outputs: readonly string[]): string[] =>
  lanes.flatMap((lane) => outputs.flatMap((output) => lane.outputs?.[output] ?? []));
