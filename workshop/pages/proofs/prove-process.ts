import { reasonOf } from '../../../terminal/reason.ts';
import type { Whose } from '../../guide/note-proof.ts';
import { proveMine } from '../../guide/prove-mine.ts';
import { experimentOf } from '../../proof/experiments.ts';
import { type OnStep, runJobs } from '../../proof/jobs.ts';
import type { Proof } from '../../proof/proof.ts';
import { deploysOf, openWorkbench } from '../../proof/workbench.ts';

/** What this process is asked for, as its argument in JSON. */
export interface ProofRequest {
  readonly factor: number;
  readonly whose: Whose;
  readonly repository: string;
}

/** What it tells whoever started it. */
export type ProofMessage =
  | { readonly is: 'step' | 'detail' | 'failure'; readonly text: string }
  | { readonly is: 'proof'; readonly proof: Proof };

/*
 * Does one proof in a process of its own: what is measured is not disturbed by a server, and the attendee's code is read anew. It is
 * interrupted by SIGTERM, and by the end of its channel, which is the end of the server; then it closes its endpoint, and ends.
 */
const stop = new AbortController();
for (const event of ['disconnect', 'SIGINT', 'SIGTERM'] as const) {
  process.on(event, () => stop.abort(new Error('Interrupted.')));
}

const tell = (message: ProofMessage): void => {
  if (process.connected) {
    process.send?.(message);
  }
};

async function prove({ factor, whose, repository }: ProofRequest, signal: AbortSignal): Promise<Proof> {
  const onStep: OnStep = (text, isDetail) => tell({ is: isDetail ? 'detail' : 'step', text });
  if (whose !== 'given') {
    return await proveMine(factor, { repository, kind: whose === 'further' ? 'further' : 'lesson', signal, onStep });
  }
  const experiment = await experimentOf(factor, repository);
  const pair = { factor, before: factor - 1, after: factor };
  const bench = await openWorkbench({ repository, pairs: [pair], deploys: deploysOf([experiment]), signal });
  try {
    const [proof] = await runJobs([{ pair, experiment }], { bench, signal, onStep });
    if (!proof) {
      throw new Error('A job ended without a proof.');
    }
    return proof;
  } finally {
    await bench.close();
  }
}

try {
  stop.signal.throwIfAborted();
  tell({ is: 'proof', proof: await prove(JSON.parse(process.argv[2] ?? '') as ProofRequest, stop.signal) });
} catch (error) {
  tell({ is: 'failure', text: reasonOf(error) });
}
process.removeAllListeners('disconnect');
if (process.connected) {
  process.disconnect();
}
