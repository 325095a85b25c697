import { knownCause } from './known-causes.ts';
import type { Result, Run } from './result.ts';
import { type Group, groups, type Row } from './rows.ts';

const Introduction = `# Where it runs

What was tried on each endpoint, and the results. \`npm run ledger\` writes this page from its own runs, and nothing stands here
that was not run. \`npm run ledger -- --help\` says how to add a column.`;

const Legend = `- **works**: the command did what it must.
- **does not**: it was run and did not. The note says why, and whose fault it is where that is known.
- **cannot run here**: the endpoint or the machine lacks something that the note names.
- **not run**: it was not tried, or something before it failed.`;

const Aws = 'AWS';
const NotRunHere = 'not run here';

/** A result, and what its column is called. */
interface Column {
  readonly result: Result;
  readonly notes: Notes;
}

/** The page of all results: one column for each endpoint, and one for AWS, to which nothing is ever sent. */
export function page(results: readonly Result[]): string {
  const notes = new Notes();
  const columns = [...results].sort(byName).map((result): Column => ({ result, notes }));
  const parts = [
    Introduction,
    Legend,
    '## Runs',
    runsTable(columns),
    ...groups.flatMap((group) => [`## ${group.title}`, groupTable(group, columns)]),
    ...(notes.isEmpty ? [] : ['## Notes', notes.text()]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Ours first, the others by name. */
function byName(one: Result, other: Result): number {
  const rank = ({ endpoint }: Result) => (endpoint.includes('embedded') ? `0${endpoint}` : `1${endpoint}`);
  return rank(one).localeCompare(rank(other));
}

function runsTable(columns: readonly Column[]): string {
  const lines = columns.flatMap(({ result: { endpoint, runs } }) =>
    runs.map((run, i) => [nameOf(endpoint, runs, i), ...circumstancesOf(run)]),
  );
  return table(
    ['endpoint', 'date', 'commit', 'Node', 'system', 'remarks'],
    [...lines, [Aws, NotRunHere, '', '', '', 'No run of the ledger reaches an AWS account.']],
  );
}

const nameOf = (endpoint: string, runs: readonly Run[], i: number): string =>
  runs.length > 1 ? `${endpoint}, run ${i + 1}` : endpoint;

const circumstancesOf = ({ at, commit, node, system, note }: Run): string[] => [
  at.slice(0, 10),
  `\`${commit}\``,
  node,
  system,
  note ?? '',
];

function groupTable(group: Group, columns: readonly Column[]): string {
  const heads = ['', ...columns.map(({ result }) => result.endpoint), Aws];
  const lines = [...Map.groupBy(group.rows, ({ title }) => title)].map(([title, rows]) => [
    title,
    ...columns.map((column) => cellOf(rows, column)),
    NotRunHere,
  ]);
  return table(heads, lines);
}

/** What became of the rows of a line: in one word where it is the same of all. */
function cellOf(rows: readonly Row[], column: Column): string {
  const cells = rows.map(({ id, part }) => ({ part, text: cell(id, column) }));
  const [first, ...others] = cells;
  if (first && others.every(({ text }) => text === first.text)) {
    return first.text;
  }
  return cells.map(({ part, text }) => `${part} ${text}`).join('; ');
}

function cell(id: string, { result: { endpoint, rows, runs }, notes }: Column): string {
  const row = rows[id];
  if (!row) {
    return 'not run';
  }
  const run = runs.length > 1 ? `, run ${row.run + 1}` : '';
  if (row.reason === undefined) {
    return `${row.outcome}${run}`;
  }
  const cause = knownCause(endpoint, id, row.reason);
  return `${row.outcome}${run} ${notes.refer(`${sentence(row.reason)}${cause ? ` ${cause}` : ''}`)}`;
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(heads), `|${heads.map(() => '---').join('|')}|`, ...lines.map(row)].join('\n');
}

/** Footnotes, numbered in the order in which they are first referred to. What is said twice is one note. */
class Notes {
  readonly #texts: string[] = [];

  get isEmpty(): boolean {
    return this.#texts.length === 0;
  }

  refer(text: string): string {
    const known = this.#texts.indexOf(text);
    const number = known === -1 ? this.#texts.push(text) : known + 1;
    return `[^${number}]`;
  }

  text(): string {
    return this.#texts.map((text, i) => `[^${i + 1}]: ${literal(text)}`).join('\n');
  }
}

/** What commands say is text, and no Markdown. */
const literal = (text: string): string => text.replace(/[<>*_[\]\\]/g, '\\$&');
