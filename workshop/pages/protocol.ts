// What the server of the lessons and its pages say to each other.

/** A kind, such as `keyword`, or nothing; and a text. */
export type CodePart = readonly [kind: string, text: string];

/** A piece of a sentence: words, code, or a link. */
export interface Words {
  readonly text: string;
  readonly is?: 'code' | 'strong' | 'em';
  readonly href?: string;
}

/** Whose version of a factor is proved. */
export type Whose = 'given' | 'mine' | 'further';

/** A file that a link opens in the editor. */
export interface FileLink {
  readonly text: string;
  readonly href: string;
}

/** A line of a text, which may name a place in a file. */
export interface LineOf {
  readonly text: string;
  readonly place?: FileLink;
}

/** A number of one side of a gate or a guard. */
export interface SideShown {
  readonly text: string;
  readonly isRight?: boolean;
}

/** A row of a proof as a page shows it. */
export interface RowShown {
  readonly title: string;
  readonly before: SideShown;
  readonly after: SideShown;
  readonly mustBe: string;
  readonly holds: boolean;
}

/** What came of a proof. */
export interface ProofShown {
  readonly verdict: 'PROVED' | 'NOT PROVED' | 'CANNOT RUN HERE' | 'TOO BUSY';
  /** The finding in a sentence. */
  readonly headline: string;
  readonly reasons: readonly string[];
  readonly gates: readonly RowShown[];
  readonly guards: readonly RowShown[];
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly seconds: number;
  /** The whole report; empty where none was written. */
  readonly report: string;
}

/** The one proof that runs, or that ran last. */
export interface RunShown {
  readonly factor: number;
  readonly whose: Whose;
  /** `waiting`: it goes on when something is saved. */
  readonly is: 'running' | 'waiting' | 'stopping' | 'ended';
  /** Whether it is done again at each save. */
  readonly isWatching: boolean;
  /** What was done so far, the newest last. */
  readonly steps: readonly string[];
  /** The newest line of what comes by in between. */
  readonly detail: string;
  /** Since 1970, in milliseconds. */
  readonly startedAt: number;
  readonly proof?: ProofShown;
  /** Why there is no proof, a line each. */
  readonly failure?: readonly LineOf[];
}

/** What a page is told whenever it changes. */
export interface Told {
  readonly run?: RunShown;
  /** Counts what was changed, so that a page asks again. */
  readonly changes: number;
}

export interface QuestionShown {
  readonly ask: readonly Words[];
  readonly answers: readonly (readonly Words[])[];
}

/** What is said to whoever gave an answer. */
export interface Graded {
  readonly isRight: boolean;
  readonly because: readonly Words[];
  /** The right answer, and why, where another one was given. */
  readonly better?: { readonly number: number; readonly because: readonly Words[] };
}

export interface ExerciseShown {
  readonly task: readonly Words[];
  readonly minutes: number;
  /** The attendee's folder, from the repository's root. */
  readonly folder: string;
  /** Those in the folder; none where it was not begun. */
  readonly files: readonly FileLink[];
  /** Whether there is one that goes a step further. */
  readonly hasFurther: boolean;
}

/** Where an attendee stands in a lesson. What a lesson does not have yet is said in a sentence. */
export interface LessonState {
  /** Whether there is a folder of the attendee's. */
  readonly begun: boolean;
  readonly exercise: ExerciseShown | string;
  readonly hints: { readonly shown: readonly (readonly Words[])[]; readonly total: number };
  readonly quiz: readonly QuestionShown[] | string;
  readonly given?: ProofShown;
  readonly mine?: ProofShown;
}

/** One line of a diff, on one side. */
export interface DiffLine {
  readonly number: number;
  readonly parts: readonly CodePart[];
}

/** What stands beside each other. Of a line that is the same, both. */
export interface DiffRow {
  readonly is: 'same' | 'changed';
  readonly before?: DiffLine;
  readonly after?: DiffLine;
}

export interface DiffFile {
  readonly title: string;
  readonly file?: FileLink;
  readonly added: number;
  readonly removed: number;
  /** Rows that belong together; between two groups is what did not change. */
  readonly groups: readonly (readonly DiffRow[])[];
  /** Whether it is folded at first. */
  readonly isFolded: boolean;
}

export interface DiffShown {
  readonly before: string;
  readonly after: string;
  readonly files: readonly DiffFile[];
  /** What is said beside the files, such as that there is no change. */
  readonly note: string;
}

export type DiffKind = 'code' | 'cdk' | 'template' | 'solution';

/** What to watch on the floor, as its server tells of it. */
export interface SceneShown {
  readonly name: string;
  readonly title: string;
  readonly sentences: readonly string[];
}

/** What a page may ask for that changes something. */
export type LessonRequest =
  | { readonly action: 'prove'; readonly whose: Whose }
  | { readonly action: 'watch' | 'stop' | 'try' | 'check' | 'hint' | 'apply' | 'reset' }
  | { readonly action: 'answer'; readonly answers: readonly number[] };

/** What came of it: lines to read, problems, or an answer's grade. */
export interface Answered {
  readonly says: string;
  readonly lines?: readonly LineOf[];
  readonly graded?: Graded;
}
