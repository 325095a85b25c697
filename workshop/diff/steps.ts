import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { snapshotNumbered, snapshots, twoDigits } from '../snapshots.ts';
import { cdkSourceOf, codeChanges, codeOf } from './roles.ts';
import { countFiles, countTemplate, type LineCount } from './stat.ts';
import { type ParsedTemplate, templateChanges } from './template-changes.ts';

/** How many lines a step changes, from the snapshot before. */
export interface Step {
  readonly number: number;
  readonly factor: string;
  readonly stack: LineCount;
  /** Of constructs that the stack makes. */
  readonly constructs: LineCount;
  /** All that is reachable from the roots. */
  readonly code: LineCount;
  /** Of the deploy `Prod`, as YAML. */
  readonly template: LineCount;
}

/** The page that lists the steps, from the repository's root. */
export const stepsPage = 'docs/steps.md';

/** Counts the lines of all twelve steps. Templates are those that were reviewed, which have an empty recipe book. */
export async function countSteps(repository: string): Promise<Step[]> {
  return await Promise.all(snapshots.slice(1).map(({ number }) => countStep(number, repository)));
}

async function countStep(number: number, repository: string): Promise<Step> {
  const [before, after] = [snapshotNumbered(number - 1), snapshotNumbered(number)];
  const changesOf = async (sideOf: typeof codeOf) =>
    (await codeChanges(await sideOf(before, repository), await sideOf(after, repository), repository)).files;
  const [cdk, code, templateBefore, templateAfter] = await Promise.all([
    changesOf(cdkSourceOf),
    changesOf(codeOf),
    reviewedTemplate(number - 1, repository),
    reviewedTemplate(number, repository),
  ]);
  return {
    number,
    factor: after.factor,
    stack: countFiles(cdk.filter(({ isRoot }) => isRoot)),
    constructs: countFiles(cdk.filter(({ isRoot }) => !isRoot)),
    code: countFiles(code),
    template: countTemplate(templateChanges(templateBefore, templateAfter)),
  };
}

/** The template of a snapshot as it was reviewed, with an empty recipe book. */
export async function reviewedTemplate(number: number, repository: string): Promise<ParsedTemplate> {
  const file = join(repository, 'infra', 'templates', `Factor${twoDigits(number)}.json`);
  return JSON.parse(await readFile(file, 'utf8'));
}

/** The steps as a page in Markdown. */
export function showSteps(steps: readonly Step[]): string {
  const rows = steps.map(({ number, factor, ...counts }) => [
    `${number} ${factor}`,
    ...[counts.stack, counts.constructs, counts.code, counts.template].map(showCount),
  ]);
  return `# What each step changes

Lines that each snapshot adds to the one before, and lines that it removes. \`npm run diff -- N\` shows them.

${[['step', 'stack', 'constructs', 'code', 'template'], ['---', '--:', '--:', '--:', '--:'], ...rows]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n')}

- *Stack* is the snapshot's \`stack.ts\`; *constructs* are those that only one of the two stacks makes.
- *Code* is all source that is reachable from the snapshot's roots. A file that goes on under another name counts by what
  changes in it.
- Steps 6, 8, 9 and 11 change more code than one reads at a sitting. Each brings a whole part of the finished factory as
  production needs it: the adapters of the order table, the baking process, what makes a repetition harmless, and the log
  pipeline. \`npm run diff -- N --stat\` says where to begin.
- *Template* is that of \`Prod\`, as YAML, with an empty recipe book.

This page is written by \`npm run diff -- --table\`.
`;
}

const showCount = ({ added, removed }: LineCount): string => (added + removed === 0 ? '0' : `+${added} -${removed}`);
