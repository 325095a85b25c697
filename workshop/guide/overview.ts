import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Paint, plain } from '../../terminal/paint.ts';
import { rootsOf, snapshots } from '../snapshots.ts';
import { lessonOf } from './lesson.ts';
import { myFolder, mySources } from './my-folder.ts';
import { fingerprint, hashOf, keyOf, type Progress, type State, stateOf } from './progress.ts';
import { halfADay } from './timetable.ts';

/** Where an attendee stands with one factor. */
export interface Standing {
  readonly factor: number;
  readonly name: string;
  readonly title: string;
  /** Of the workshop's own snapshot. */
  readonly given: State;
  /** Of the attendee's version. */
  readonly mine: State;
  /** Of the exercise at the end of the lesson. */
  readonly further: State;
  /** How many questions of the quiz were answered right; undefined where it was not asked. */
  readonly quiz?: number | undefined;
  /** Whether there is a folder of the attendee's. */
  readonly begun: boolean;
}

/** The factors of the half-day path. */
const halfDay: ReadonlySet<number> = new Set(halfADay.lessons.map(({ factor }) => factor));

const colours = { 'not tried': 'dim', 'not proved': 'red', proved: 'green', drifted: 'yellow' } as const;

/** Where an attendee stands with each of the twelve. */
export async function standings(progress: Progress, repository: string): Promise<Standing[]> {
  return await Promise.all(
    snapshots.slice(1).map(async (snapshot): Promise<Standing> => {
      const { number: factor, factor: name, title } = snapshot;
      const { given, mine, further, quiz } = progress[keyOf(factor)] ?? {};
      const own = await hashOf(await mySources(factor, repository), repository);
      const roots = rootsOf(snapshot).map(({ file }) => file);
      return {
        ...{ factor, name, title },
        given: stateOf(given, given && (await fingerprint(roots, repository))),
        mine: stateOf(mine, mine && own),
        further: stateOf(further, further && own),
        quiz,
        begun: existsSync(join(repository, myFolder(factor))),
      };
    }),
  );
}

/** Whether a factor is proved, by the snapshot or by the attendee's version. */
export const isProved = ({ given, mine }: Standing): boolean => given === 'proved' || mine === 'proved';

/** The twelve with their states, and the next step. */
export function showOverview(all: readonly Standing[], paint: Paint = plain): string {
  const width = Math.max(...all.map(({ name }) => name.length));
  const state = (text: State) => paint(colours[text], text.padEnd('not proved'.length));
  const lines = all.map(({ factor, name, given, mine, further, quiz, begun }) => {
    const own = mine === 'not tried' && begun ? paint('yellow', 'begun     ') : state(mine);
    const path = halfDay.has(factor) ? '*' : ' ';
    const start = `${String(factor).padStart(2)}${path} ${name.padEnd(width)}`;
    return `${start}  ${state(given)}  ${own}  ${state(further)}  ${quiz === undefined ? '-' : `${quiz} of 3`}`;
  });
  const columns = ['snapshot', 'your own', 'further'].map((title) => title.padEnd('not proved'.length));
  const heading = `    ${'factor'.padEnd(width)}  ${columns.join('  ')}  quiz`;
  return [paint('bold', heading), ...lines, '', '(* is the half-day path)', '', nextStep(all)].join('\n');
}

/** What to do next: what drifted, then what was begun, then what was not tried yet. */
export function nextStep(all: readonly Standing[]): string {
  const drifted = all.find(({ given, mine }) => given === 'drifted' || mine === 'drifted');
  if (drifted) {
    const option = drifted.mine === 'drifted' ? ' --mine' : '';
    return `Next: factor ${drifted.factor} changed since it was proved. Prove it again: npm run prove -- ${drifted.factor}${option}`;
  }
  const begun = all.find((one) => one.begun && one.mine !== 'proved');
  if (begun) {
    return [
      `Next: go on with ${myFolder(begun.factor)}, and prove it: npm run prove -- ${begun.factor} --mine`,
      `Stuck? npm run workshop -- hint ${begun.factor}`,
    ].join('\n');
  }
  const open = all.find((one) => !isProved(one));
  if (!open) {
    return 'All twelve are proved. Next: npm run compare';
  }
  return [
    `Next: factor ${open.factor}, ${open.name}. Read ${lessonOf(open.factor)}, then`,
    `  npm run prove -- ${open.factor}           see it proved`,
    `  npm run workshop -- try ${open.factor}    write it yourself`,
  ].join('\n');
}
