import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { synthesise } from '../pipeline/assembly.ts';
import { command, runCommand } from '../terminal/command-line.ts';
import { paintFor } from '../terminal/paint.ts';
import { showCode, showCodeStat, showTemplate, showTemplateStat } from '../workshop/diff/patch.ts';
import { codeChanges, codeOf } from '../workshop/diff/roles.ts';
import { templateChanges } from '../workshop/diff/template-changes.ts';
import { badInput, factorOf } from '../workshop/proof/pairs.ts';
import { showProof } from '../workshop/proof/proof-table.ts';
import { lastProof } from '../workshop/proof/report/report-files.ts';
import { anyEndpoint } from '../workshop/proof/workbench.ts';
import { snapshotNumbered } from '../workshop/snapshots.ts';

interface Options {
  readonly stat?: boolean;
  readonly code?: boolean;
  readonly template?: boolean;
  readonly numbers?: boolean;
}

const repository = join(import.meta.dirname, '..');
const paint = paintFor(process.stdout);

const program = command(
  'diff',
  'What a factor changes, from the snapshot before it: its code, its template, and the numbers of its last proof. (What a deploy would change is another question: npm run cdk -- diff.)',
  'npm run diff -- 6\n  npm run diff -- 6 --code\n  npm run diff -- 6 --stat',
)
  .argument('<factor>', '1 to 12')
  .option('--code', 'only the code that is reachable from the roots')
  .option('--template', 'only the template of the stage')
  .option('--numbers', 'only the numbers of the last proof')
  .option('--stat', 'how much changed, instead of what')
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const factor = factorOf(program.args[0] ?? '');
  const { stat = false, ...chosen } = program.opts<Options>();
  const isAll = !(chosen.code || chosen.template || chosen.numbers);
  const { factor: name, title } = snapshotNumbered(factor);
  print(paint('bold', `Factor ${factor}, ${name}: what changed from snapshot ${factor - 1}\n`) + title);
  if (isAll || chosen.code) {
    print(section('The code', await showCodeOf(factor, stat)));
  }
  if (isAll || chosen.template) {
    print(section('The template', await showTemplateOf(factor, stat, signal)));
  }
  if (isAll || chosen.numbers) {
    print(section('The numbers', await showNumbersOf(factor)));
  }
  return 0;
});

async function showCodeOf(factor: number, stat: boolean): Promise<string> {
  const [before, after] = await Promise.all(
    [factor - 1, factor].map((number) => codeOf(snapshotNumbered(number), repository)),
  );
  if (!before || !after) {
    throw new Error('A side is missing.');
  }
  const changes = await codeChanges(before, after, repository);
  return stat ? showCodeStat(changes, paint) : showCode(changes, paint);
}

async function showTemplateOf(factor: number, stat: boolean, signal: AbortSignal): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diff-'));
  try {
    const snapshots = [factor - 1, factor];
    const { stack } = await synthesise({
      ...{ repository, snapshots, signal, target: join(folder, 'cdk.out'), deploys: ['Dev', 'Prod'] },
      environment: environmentFor(anyEndpoint),
    });
    const [prod, dev] = (['Prod', 'Dev'] as const).map((deploy) => {
      const changes = templateChanges(stack(factor - 1, deploy).template, stack(factor, deploy).template);
      return stat ? showTemplateStat(changes, paint) : showTemplate(changes, paint);
    });
    // Two deploys of one source change alike, and then one says it all.
    return dev === prod ? `${prod}` : `Prod:\n${prod}\n\nDev:\n${dev}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function showNumbersOf(factor: number): Promise<string> {
  const proof = await lastProof(factor, repository);
  if (!proof) {
    return `There is no proof yet: npm run prove -- ${factor}`;
  }
  return `${showProof(proof, paint)}\n(${proof.at.slice(0, 16).replace('T', ' ')} UTC)`;
}

function section(heading: string, text: string): string {
  return `\n${paint('bold', `== ${heading} ==`)}\n\n${text}`;
}

function print(text: string): void {
  console.log(text);
}
