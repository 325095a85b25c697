import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentFor } from '../client/endpoint/aws-environment.ts';
import { knownAssembly } from '../pipeline/assembly/known-assemblies.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { page } from '../terminal/pager.ts';
import { paintFor } from '../terminal/paint.ts';
import { showCode, showTemplate } from '../workshop/diff/patch.ts';
import { type CodeSide, cdkSourceOf, codeChanges, codeOf } from '../workshop/diff/roles.ts';
import { showCodeStat, showTemplateStat } from '../workshop/diff/stat.ts';
import { countSteps, showSteps, stepsPage } from '../workshop/diff/steps.ts';
import { templateChanges } from '../workshop/diff/template-changes.ts';
import { badInput, factorOf } from '../workshop/proof/pairs.ts';
import { showProof } from '../workshop/proof/proof-table.ts';
import { lastProof } from '../workshop/proof/report/report-files.ts';
import { anyEndpoint } from '../workshop/proof/workbench.ts';
import { type Snapshot, snapshotNumbered } from '../workshop/snapshots.ts';

interface Options {
  readonly stat?: boolean;
  readonly cdk?: boolean;
  readonly code?: boolean;
  readonly template?: boolean;
  readonly numbers?: boolean;
  readonly table?: boolean;
  readonly pager: boolean;
}

const repository = join(import.meta.dirname, '..');
const paint = paintFor(process.stdout);

const program = command(
  'diff',
  'What a factor changes, from the snapshot before it: its CDK source, its code, its template, and the numbers of its last proof. (What a deploy would change is another question: npm run cdk -- diff.)',
  'npm run diff -- 6\n  npm run diff -- 6 --cdk\n  npm run diff -- 6 --stat',
)
  .argument('[factor]', '1 to 12')
  .option('--cdk', 'only the CDK source: the stack, and the constructs it makes')
  .option('--code', 'only the code that is reachable from the roots')
  .option('--template', 'only the template of the stage')
  .option('--numbers', 'only the numbers of the last proof')
  .option('--stat', 'how much changed, instead of what')
  .option('--no-pager', 'print, even on a terminal, instead of calling $PAGER')
  .option('--table', `write how many lines each step changes into ${stepsPage}`)
  .exitOverride((error) => {
    throw Object.assign(error, { exitCode: error.exitCode === 0 ? 0 : badInput });
  });

await runCommand(program, async (signal) => {
  const options = program.opts<Options>();
  if (options.table) {
    await writeFile(join(repository, stepsPage), showSteps(await countSteps(repository)));
    console.log(`${stepsPage} is written`);
    return 0;
  }
  const [asked] = program.args;
  if (asked === undefined) {
    throw new UserError('Name a factor, 1 to 12: npm run diff -- 6', badInput);
  }
  const text = await showStep(factorOf(asked), options, signal);
  const isTerminal = process.stdout.isTTY === true && options.pager;
  await page(`${text}\n`, { isTerminal, environment: process.env, write: (all) => void process.stdout.write(all) });
  return 0;
});

async function showStep(factor: number, options: Options, signal: AbortSignal): Promise<string> {
  const { stat = false, cdk, code, template, numbers } = options;
  const isAll = !(cdk || code || template || numbers);
  const { factor: name, title } = snapshotNumbered(factor);
  const parts = [`${paint('bold', `Factor ${factor}, ${name}: what changed from snapshot ${factor - 1}`)}\n${title}`];
  if (isAll || cdk) {
    parts.push(section('The CDK source', await showSourceOf(factor, cdkSourceOf, stat)));
  }
  if (isAll || code) {
    parts.push(section('The code', await showSourceOf(factor, codeOf, stat)));
  }
  if (isAll || template) {
    parts.push(section('The template', await showTemplateOf(factor, stat, signal)));
  }
  if (isAll || numbers) {
    parts.push(section('The numbers', await showNumbersOf(factor)));
  }
  return parts.join('\n');
}

type SideOf = (snapshot: Snapshot, repository: string) => Promise<CodeSide>;

async function showSourceOf(factor: number, sideOf: SideOf, stat: boolean): Promise<string> {
  const [before, after] = [snapshotNumbered(factor - 1), snapshotNumbered(factor)];
  const changes = await codeChanges(await sideOf(before, repository), await sideOf(after, repository), repository);
  return stat ? showCodeStat(changes, paint) : showCode(changes, paint);
}

async function showTemplateOf(factor: number, stat: boolean, signal: AbortSignal): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diff-'));
  try {
    const snapshots = [factor - 1, factor];
    const { stack } = await knownAssembly({
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
