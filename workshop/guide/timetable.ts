import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { snapshotNumbered } from '../snapshots.ts';
import { exerciseOf } from './exercise.ts';
import { lessonOf } from './lesson.ts';

/** How far a lesson is taken: read and proved together, or written by everybody, too. */
export type Depth = 'together' | 'written';

/** A workshop of some length. */
export interface Plan {
  readonly name: string;
  /** Minutes from welcome to goodbye. */
  readonly minutes: number;
  /** Minutes of breaks among them. */
  readonly breaks: number;
  readonly lessons: readonly { readonly factor: number; readonly depth: Depth }[];
}

const lessons = (depth: Depth, factors: readonly number[]) => factors.map((factor) => ({ factor, depth }));
const inOrder = (...all: ReturnType<typeof lessons>[]) => all.flat().sort((a, b) => a.factor - b.factor);

const shortest: Plan = {
  name: '90 minutes',
  minutes: 90,
  breaks: 0,
  lessons: inOrder(lessons('together', [0, 3, 9]), lessons('written', [6])),
};

export const halfADay: Plan = {
  name: 'Half a day',
  minutes: 210,
  breaks: 15,
  lessons: inOrder(lessons('together', [0, 1, 8, 12]), lessons('written', [3, 6, 9])),
};

const aDay: Plan = {
  name: 'A day',
  minutes: 480,
  breaks: 90,
  lessons: inOrder(lessons('together', [0, 1, 2, 4, 5, 7, 10]), lessons('written', [3, 6, 8, 9, 11, 12])),
};

export const plans: readonly Plan[] = [shortest, halfADay, aDay];

/** Minutes for the welcome and `npm ci`, and for questions and goodbye. */
export const around = { before: 5, after: 5 } as const;

/** Words that are read in a minute, with a look at the code. */
const wordsAMinute = 200;
/** Minutes for a proof, its table and the diff; of lesson 0, for the two shells. */
const prove = 4;
/** Minutes for the three questions, and what people say to them. */
const quiz = 2;

/** What a lesson takes, in minutes. */
export interface Minutes {
  readonly read: number;
  readonly prove: number;
  /** 0 where the exercise is left out. */
  readonly write: number;
  readonly quiz: number;
  readonly total: number;
}

/** The minutes of a lesson: reading by its words, the exercise as it says itself. */
export async function minutesOf(factor: number, depth: Depth, repository: string): Promise<Minutes> {
  const read = Math.ceil(wordsIn(await readFile(join(repository, lessonOf(factor)), 'utf8')) / wordsAMinute);
  const write = depth === 'written' ? (await exerciseOf(factor, repository)).minutes : 0;
  const asked = factor === 0 ? 0 : quiz;
  return { read, prove, write, quiz: asked, total: read + prove + write + asked };
}

/** The words that are read in a lesson: not what stands in code, nor the hints, which are for later. */
function wordsIn(markdown: string): number {
  const prose = markdown
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/^## (Hints|Exercise|Write it yourself)\n[\s\S]*?(?=^## |(?![\s\S]))/gm, '');
  return prose.split(/\s+/).filter((word) => /\w/.test(word)).length;
}

/** A plan as a table in Markdown, with the minute at which each lesson begins. */
export async function timetable(plan: Plan, repository: string): Promise<string> {
  const rows: string[] = [];
  let minute: number = around.before;
  const pause = plan.breaks > 0 ? Math.ceil(plan.lessons.length / 2) : Number.POSITIVE_INFINITY;
  rows.push(`| 0:00 | Welcome, \`npm ci\`, \`npm run doctor\` | ${around.before} |`);
  for (const [i, { factor, depth }] of plan.lessons.entries()) {
    if (i === pause) {
      rows.push(`| ${clock(minute)} | Break${plan.breaks > 30 ? 's' : ''} | ${plan.breaks} |`);
      minute += plan.breaks;
    }
    const { read, prove: proving, write, quiz: asked, total } = await minutesOf(factor, depth, repository);
    const parts = [`read ${read}`, factor === 0 ? `try ${proving}` : `prove ${proving}`];
    const more = [...(write > 0 ? [`write ${write}`] : []), ...(asked > 0 ? [`quiz ${asked}`] : [])];
    rows.push(
      `| ${clock(minute)} | ${factor}, ${snapshotNumbered(factor).title}: ${[...parts, ...more].join(', ')} | ${total} |`,
    );
    minute += total;
  }
  rows.push(`| ${clock(minute)} | Questions, and what is next | ${plan.minutes - minute} |`);
  return ['| from | what | minutes |', '|---|---|---|', ...rows].join('\n');
}

/** The minutes that are left of a plan for questions. */
export async function minutesLeft({ minutes, breaks, lessons: planned }: Plan, repository: string): Promise<number> {
  const all = await Promise.all(planned.map(({ factor, depth }) => minutesOf(factor, depth, repository)));
  return minutes - breaks - around.before - all.reduce((sum, { total }) => sum + total, 0);
}

const clock = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
