import {
  type BuildEntry,
  buildsIn,
  type LedgerEntry,
  type ReleaseEntry,
  type RunEntry,
  releasesIn,
  runsIn,
} from './ledger.ts';
import { showVersions } from './versions.ts';

/** The ledger for a person: what was built, what was released of it, and what ran since when. */
export function showHistory(entries: readonly LedgerEntry[]): string {
  if (entries.length === 0) {
    return 'Nothing was built yet. Begin with: npm run pipeline -- build';
  }
  const runs = runsIn(entries);
  return [
    ...section('Builds', ['#', 'stage', 'content', 'commit', 'built', 'by'], buildsIn(entries).map(buildRow)),
    ...section(
      'Releases',
      ['#', 'build', 'stack', 'versions', 'config', 'released', 'by', ''],
      releasesIn(entries).map((release) => releaseRow(release, runs)),
    ),
    ...section('Runs', ['since', 'stack', 'release', '', 'by'], runs.map(runRow)),
  ].join('\n');
}

const buildRow = ({ number, stage, sha256, commit, at, by }: BuildEntry): string[] => [
  ...[String(number), stage, sha256.slice(0, 12), commit ?? '-', minute(at), by],
];

function releaseRow(release: ReleaseEntry, runs: readonly RunEntry[]): string[] {
  const { number, build, stack, stackId, versions, config, at, by } = release;
  const last = runs.findLast((run) => run.stackId === stackId);
  const parameters = Object.entries(config.parameters).map(([name, value]) => `${name}=${value}`);
  return [
    ...[String(number), String(build), stack, showVersions(versions), parameters.join(' ') || '-', minute(at), by],
    last?.release === number ? '<- runs' : '',
  ];
}

const runRow = ({ at, stack, release, what, by }: RunEntry): string[] => [
  ...[minute(at), stack, String(release), what === 'rollback' ? 'rolled back' : '', by],
];

/** `2026-11-23 08:00`, in UTC. */
const minute = (at: string): string => at.slice(0, 'YYYY-MM-DDThh:mm'.length).replace('T', ' ');

function section(title: string, headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) {
    return [];
  }
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd();
  return [title, line(headings), ...rows.map(line), ''];
}
