import type { Series } from '../experiment/experiment.ts';
import type { MachineLoad } from '../experiment/machine-load.ts';
import type { Row, VerdictWord } from './verdict.ts';

/** A snapshot on one side of a proof. */
export interface ProofSide {
  readonly snapshot: number;
  /** Its folder, from the repository's root. */
  readonly folder: string;
}

/** A proof and all that is known of it: what `reports/proof-NN.json` holds. */
export interface Proof {
  readonly factor: number;
  /** Name of its folder in `workshop/`. */
  readonly slug: string;
  /** What the twelve-factor methodology calls it. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly before: ProofSide;
  readonly after: ProofSide;
  /** What answered at the endpoint. */
  readonly endpoint: string;
  /** When it ended: ISO 8601, UTC. */
  readonly at: string;
  readonly seconds: {
    readonly total: number;
    readonly deploy?: number;
    readonly before?: number;
    readonly after?: number;
  };
  /** How busy the machine was while each side was observed. */
  readonly load?: { readonly before?: MachineLoad; readonly after?: MachineLoad };
  /** The finding in one sentence, as a template (`Experiment.headline`). @default - made of the first gate */
  readonly headline?: string;
  readonly verdict: VerdictWord;
  /** Why it is not proved, a line each. */
  readonly reasons: readonly string[];
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
}
