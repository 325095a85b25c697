import { scenarios } from '../compare/scenarios.ts';
import { finishedFunctions, snapshots, twoDigits } from '../snapshots.ts';

/** One thing that is tried on every endpoint. */
export interface Row {
  /** By which results know it. It must not change, or the results are of something else. */
  readonly id: string;
  readonly title: string;
  /** Rows with the same title share a line of the page; this tells them apart there. */
  readonly part?: string;
}

/** What belongs in one table of the page, and in one word of `--only`. */
export interface Group {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** What is tried on each stage, in this order. */
export const stageSteps = ['deploy', 'deploy again', 'destroy'] as const;
export type StageStep = (typeof stageSteps)[number];

export const stageNames: readonly string[] = snapshots.map(({ number }) => `Factor${twoDigits(number)}`);
export const stageRow = (stage: string, step: StageStep): string => `${stage} ${step}`;
export const proofRow = (factor: number): string => `proof-${factor}`;
export const compareRow = (scenario: string): string => `compare-${scenario}`;
export const invokeRow = (name: string): string => `invoke-${name}`;

/** All that is tried, in the order of the page. */
export const groups: readonly Group[] = [
  { name: 'bootstrap', title: 'Bootstrap', rows: [{ id: 'bootstrap', title: '`npm run cdk -- bootstrap`' }] },
  {
    name: 'stages',
    title: 'Stages: deployed, deployed again without a change, destroyed',
    rows: stageNames.flatMap((stage) =>
      stageSteps.map((step) => ({ id: stageRow(stage, step), title: `\`${stage}\``, part: step })),
    ),
  },
  {
    name: 'factory',
    title: 'The finished factory',
    rows: [
      { id: 'start', title: '`npm start`: every order is baked' },
      ...finishedFunctions.map((name) => ({ id: invokeRow(name), title: `\`npm run invoke -- ${name}\`` })),
      { id: 'log-pipeline', title: 'log pipeline: `/satisfaction` counts baked orders' },
      { id: 'redeploy', title: '`npm run cdk -- deploy` with a changed function: what was changed runs' },
    ],
  },
  {
    name: 'proofs',
    title: 'Proofs',
    rows: snapshots.slice(1).map(({ number, factor }) => ({
      id: proofRow(number),
      title: `\`npm run prove -- ${number}\`: ${factor}`,
    })),
  },
  {
    name: 'compare',
    title: 'Comparison with servers',
    rows: scenarios.map(({ name }) => ({ id: compareRow(name), title: `\`npm run compare -- ${name}\`` })),
  },
  {
    name: 'containers',
    title: 'Containers',
    rows: [
      { id: 'image-system', title: 'proof 10 in the image: its operating system beside that of the function' },
      { id: 'image-cleanup', title: 'proof 12 in the image: cleanup runs to its end, and its container is gone' },
      { id: 'compose-cleanup', title: '`docker compose -f localstack-compose.yml run --rm cleanup`' },
    ],
  },
  {
    name: 'destroy',
    title: 'Nothing left',
    rows: [
      { id: 'destroy', title: "`npm run cdk -- destroy --force '*/*'`" },
      { id: 'nothing-left', title: 'no stack, function, table or queue of the factory is left' },
    ],
  },
];

export const rows: readonly Row[] = groups.flatMap((group) => group.rows);
