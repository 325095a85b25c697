import { join } from 'node:path';
import { checkIsThere } from '../../client/endpoint/endpoint.ts';
import { stageOf } from '../../pipeline/assembly/assembly.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { snapshotNumbered } from '../snapshots.ts';
import { checkOutputs } from './check-outputs.ts';
import { complaintsOf } from './complaints.ts';
import { deployStacks, notThere, removeStacks } from './deploy-stacks.ts';
import { DeployedSnapshot, type Subject } from './deployed-snapshot.ts';
import type { Pair } from './pairs.ts';
import type { Proof } from './proof.ts';
import { openProofEndpoint, ownEndpoint, type ProofEndpoint } from './proof-endpoint.ts';
import { type Measured, prove } from './prove-sides.ts';
import { failed, judgeCapabilities, type Verdict } from './verdict.ts';
import type { Workbench } from './workbench.ts';

export interface ProvePairOptions {
  readonly experiment: Experiment;
  readonly bench: Workbench;
  /** A copy of the repository with an attendee's own version as the snapshot after. @default - the snapshot itself */
  readonly mine?: { readonly repository: string; readonly folder: string };
  /** What was found on the snapshot before, at an earlier proof. @default - it is deployed and looked at */
  readonly measured?: Measured;
  readonly signal: AbortSignal;
  /** Called with what is being done now, a few times in a proof. */
  readonly onStep: (step: string) => void;
  /** Called with what comes by in between, such as the lines of the CDK CLI. */
  readonly onDetail: (line: string) => void;
}

type Outcome = Pick<Proof, 'verdict' | 'reasons' | 'rows' | 'load'> & {
  readonly seconds: Omit<Proof['seconds'], 'total'>;
};

/**
 * One proof: deploys the two stages, has the experiment look at both, and judges. What goes wrong on the way is the
 * verdict's reason; only an interruption is thrown, and the end of the endpoint, which says nothing of the snapshots.
 */
export async function provePair(pair: Pair, options: ProvePairOptions): Promise<Proof> {
  const { experiment, mine, signal, onStep } = options;
  const started = performance.now();
  const { slug, factor: name, title } = snapshotNumbered(pair.factor);
  onStep('looking for an endpoint');
  const endpoint = await openProofEndpoint();
  try {
    const passing = await passingStacks(endpoint, pair, experiment);
    const outcome = await proveAt(endpoint, pair, options).catch((error: unknown) => {
      signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      const named = mine ? asTheAttendeeKnows(reason, mine, folderOf(pair.after)) : reason;
      return { ...outcomeOf(failed(named)), seconds: {} };
    });
    if (outcome.verdict !== 'PROVED') {
      await checkIsThere(endpoint.url);
    }
    await removeStacks(passing, endpoint.url, signal);
    return {
      ...{ factor: pair.factor, slug, name, title, question: experiment.question },
      before: {
        ...{ snapshot: pair.before, folder: folderOf(pair.before) },
        ...(options.measured && { measuredAt: options.measured.at }),
      },
      after: { snapshot: pair.after, folder: mine ? mine.folder : folderOf(pair.after) },
      endpoint: endpoint.kind,
      at: new Date().toISOString(),
      ...outcome,
      seconds: { ...outcome.seconds, total: (performance.now() - started) / 1000 },
      series: experiment.series ?? [],
      ...(experiment.headline !== undefined && { headline: experiment.headline }),
    };
  } finally {
    // Its processes and ports, which an interruption must not leave behind either.
    await endpoint.close();
  }
}

/** The proof of an experiment that cannot even be begun. */
export function brokenProof(pair: Pair, reason: string): Proof {
  const { slug, factor: name, title } = snapshotNumbered(pair.factor);
  return {
    ...{ factor: pair.factor, slug, name, title, question: '' },
    before: { snapshot: pair.before, folder: folderOf(pair.before) },
    after: { snapshot: pair.after, folder: folderOf(pair.after) },
    ...{ endpoint: 'no endpoint', at: new Date().toISOString(), seconds: { total: 0 } },
    ...{ verdict: 'NOT PROVED', reasons: [reason], rows: [], series: [] },
  };
}

async function proveAt(endpoint: ProofEndpoint, pair: Pair, options: ProvePairOptions): Promise<Outcome> {
  const { experiment, bench, mine, measured, signal, onStep, onDetail } = options;
  const refused = judgeCapabilities(experiment, endpoint.capabilities);
  if (refused) {
    return { ...outcomeOf(refused), seconds: {} };
  }
  const started = performance.now();
  const scratch = await bench.folder();
  const deploys = experiment.deploys ?? ['Prod'];
  const isOwn = endpoint.kind === ownEndpoint;
  const deployed = (subject: Subject) =>
    new DeployedSnapshot(subject, { endpoint: endpoint.url, isOwn, deploys, signal, scratch, report: onStep });

  const before = deployed(subjectOf(pair.before, bench.repository));
  const itself = pair.after === pair.before && !mine;
  const after = itself ? before : deployed(subjectOf(pair.after, mine?.repository ?? bench.repository));
  const fromAssembly = itself ? [before] : [...(measured ? [] : [before]), ...(mine ? [] : [after])];
  if (fromAssembly.length > 0) {
    onStep('bundling and synthesising');
    const assembly = await bench.assembly();
    const stacks = fromAssembly.flatMap((snapshot) => snapshot.stacksIn(assembly));
    onStep(`deploying ${fromAssembly.map(({ stage }) => stage).join(' and ')}`);
    await deployStacks(stacks, {
      ...{ endpoint: endpoint.url, isOwn, assembly: assembly.folder, signal },
      onProgress: onDetail,
    });
    for (const snapshot of fromAssembly) {
      await snapshot.refresh();
    }
  }
  const deploySeconds = (performance.now() - started) / 1000;

  let deployedMine: SnapshotUnderTest | undefined;
  const deployMine = async () => {
    onStep(`deploying ${mine?.folder}`);
    await after.deployFrom(mine?.repository ?? '');
    deployedMine = after.underTest();
    await checkOutputs(deployedMine);
    return deployedMine;
  };
  const sides = { before: measured ?? before.underTest(), after: mine ? deployMine : after.underTest() };
  const { verdict, seconds, load } = await prove(experiment, sides, {
    signal,
    onSide: (side) => onStep(`looking at snapshot ${pair[side]}, ${side}`),
  });
  // What a function itself says explains best why nothing came of it.
  const complaints = deployedMine && isBroken(verdict) ? await complaintsOf(deployedMine) : [];
  const reasons = [...verdict.reasons, ...complaints];
  return { ...outcomeOf({ ...verdict, reasons }), load, seconds: { deploy: deploySeconds, ...seconds } };
}

/** Whether an experiment broke off, or found what makes its numbers mean nothing. */
const isBroken = ({ word, rows }: Verdict): boolean =>
  word !== 'PROVED' && (rows.length === 0 || rows.some(({ kind, after }) => kind === 'guard' && after.met === false));

// What only the proof deploys: `cdk destroy '*/*'` knows no other deploys than those for production, so it would not find this one.
async function passingStacks(
  endpoint: ProofEndpoint,
  { before, after }: Pair,
  { deploys = [] }: Experiment,
): Promise<string[]> {
  if (endpoint.kind === ownEndpoint) {
    return [];
  }
  const names = deploys
    .filter((deploy) => deploy !== 'Prod')
    .flatMap((deploy) => [before, after].map((number) => `${stageOf(number)}-${deploy}`));
  return await notThere(names, endpoint.url);
}

const outcomeOf = ({ word, reasons, rows }: Verdict) => ({ verdict: word, reasons, rows });

function subjectOf(number: number, repository: string): Subject {
  return { number, repository, folder: join(repository, 'workshop', snapshotNumbered(number).slug) };
}

/** The attendee's files stood in the place of the snapshot's, in a copy of the repository. */
function asTheAttendeeKnows(
  reason: string,
  mine: { readonly repository: string; readonly folder: string },
  place: string,
) {
  return reason.replaceAll(join(mine.repository, '/'), '').replaceAll(`${place}/`, `${mine.folder}/`);
}

/** The folder of a snapshot as a person calls it. */
const folderOf = (number: number): string => `workshop/${snapshotNumbered(number).slug}`;
