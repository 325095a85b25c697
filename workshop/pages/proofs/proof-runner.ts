import { fork } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { endOf } from '../../../terminal/child.ts';
import { reasonOf } from '../../../terminal/reason.ts';
import { UserError } from '../../../terminal/user-error.ts';
import { tellWhereIStand } from '../../guide/attendance.ts';
import { changesIn } from '../../guide/changes.ts';
import { myFolder } from '../../guide/my-folder.ts';
import { noteProof, type Whose } from '../../guide/note-proof.ts';
import type { Proof } from '../../proof/proof.ts';
import { writeOutcome } from '../../proof/proof-outcome.ts';
import { reportName } from '../../proof/report/report-files.ts';
import { reportAt } from '../attendee/lesson-state.ts';
import { problemLines } from '../attendee/problem-lines.ts';
import { showProof } from '../attendee/proof-shown.ts';
import type { RunShown } from '../protocol.ts';
import type { ProofMessage } from './prove-process.ts';

const program = join(import.meta.dirname, 'prove-process.ts');
/** Steps that a page is told; a proof has some ten. */
const mostSteps = 50;

export interface ProofRunnerOptions {
  readonly repository: string;
  /** Called whenever the run is another one than it was. */
  readonly onChange: () => void;
}

/** Runs one proof at a time. It goes on when the page that asked for it is left. */
export class ProofRunner {
  readonly #options: ProofRunnerOptions;
  #run: RunShown | undefined;
  #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  constructor(options: ProofRunnerOptions) {
    this.#options = options;
  }

  /** The proof that runs, or that ran last. */
  get run(): RunShown | undefined {
    return this.#run;
  }

  /** Begins a proof. @param isWatching - whether it is done again at each save @throws UserError where one runs */
  start(factor: number, whose: Whose, isWatching = false): void {
    if (this.#run && this.#run.is !== 'ended') {
      throw new UserError(
        `Factor ${this.#run.factor} is being proved. One proof runs at a time: wait for it, or stop it.`,
      );
    }
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#run = begun({ factor, whose, isWatching });
    this.#ended = (isWatching ? this.#watch(factor, whose, signal) : this.#prove(factor, whose, signal))
      .catch((error: unknown) => this.#change({ failure: this.#lines(reasonOf(error)) }))
      .then(() => this.#change({ is: 'ended', isWatching: false }));
    this.#options.onChange();
  }

  /** Interrupts the proof, which then cleans up; the run is `ended` when it has. */
  stop(): void {
    if (this.#run && this.#run.is !== 'ended') {
      this.#change({ is: 'stopping' });
      this.#stop.abort();
    }
  }

  /** Interrupts the proof, and waits until it has cleaned up. */
  async close(): Promise<void> {
    this.stop();
    await this.#ended;
  }

  async #watch(factor: number, whose: Whose, signal: AbortSignal): Promise<void> {
    for await (const _ of changesIn(join(this.#options.repository, myFolder(factor)), signal)) {
      this.#run = begun({ factor, whose, isWatching: true });
      this.#options.onChange();
      await this.#prove(factor, whose, signal);
      if (!signal.aborted) {
        this.#change({ is: 'waiting' });
      }
    }
  }

  async #prove(factor: number, whose: Whose, signal: AbortSignal): Promise<void> {
    const { repository } = this.#options;
    const child = fork(program, [JSON.stringify({ factor, whose, repository })], {
      cwd: repository,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const told: { proof?: Proof; failure?: string } = {};
    child.on('message', (message: ProofMessage) => {
      if (message.is === 'proof') {
        told.proof = message.proof;
      } else if (message.is === 'failure') {
        told.failure = message.text;
      } else {
        this.#step(message.is, message.text);
      }
    });
    const complaint = child.stderr ? text(child.stderr) : '';
    // One that is still loading has started nothing, and ends at once; later it heeds the signal, and cleans up.
    await endOf(child, signal);
    if (signal.aborted) {
      this.#change({ failure: [{ text: 'The proof was stopped, and what it had started is gone.' }] });
    } else if (told.proof) {
      await this.#finish(told.proof, whose);
    } else {
      this.#change({
        failure: this.#lines(told.failure ?? ((await complaint).trim() || 'The proof ended without a word.')),
      });
    }
  }

  async #finish(proof: Proof, whose: Whose): Promise<void> {
    const { repository } = this.#options;
    await noteProof(proof, whose, repository);
    const name = reportName(proof);
    // What decided nothing leaves the reports that there are.
    const isDecided = proof.verdict === 'PROVED' || proof.verdict === 'NOT PROVED';
    if (isDecided) {
      const file = join(repository, name);
      await writeOutcome([proof], { json: `${file}.json`, html: `${file}.html` });
    }
    const shown = showProof(proof, isDecided ? reportAt(name.replace(/^.*[\\/]/, ''), repository) : '');
    this.#change({ proof: shown });
    await tellWhereIStand(repository);
  }

  #step(is: 'step' | 'detail', line: string): void {
    if (is === 'detail') {
      this.#change({ detail: line });
    } else {
      this.#change({ steps: [...(this.#run?.steps ?? []), line].slice(-mostSteps), detail: '' });
    }
  }

  #lines(reason: string) {
    return problemLines(reason, this.#options.repository);
  }

  #change(change: Partial<RunShown>): void {
    if (this.#run) {
      this.#run = { ...this.#run, ...change };
      this.#options.onChange();
    }
  }
}

const begun = (what: Pick<RunShown, 'factor' | 'whose' | 'isWatching'>): RunShown => ({
  ...what,
  ...{ is: 'running', steps: [], detail: '', startedAt: Date.now() },
});
