import type { CommandEnded } from './project-command.ts';

const LONGEST = 300;

/** What names a cause, most telling first. */
const TELLING = [/^error /, /❌/, /\b(error|failed|cannot|refused)\b/i];

/** Why a command failed, in one line: what it says of an error, or else the last that it says. */
export function reasonOf({ code, stdout, stderr }: CommandEnded): string {
  const lines = [...stderr.split('\n'), ...stdout.split('\n')].map((line) => line.trim()).filter(Boolean);
  const telling = TELLING.map((pattern) => lines.find((line) => pattern.test(line))).find(Boolean);
  return oneLine(telling ?? lines.at(-1) ?? `it ended with ${code} and said nothing`);
}

/** A text as one short line, without what differs from run to run and is nobody's business: places on a disk, ports, ids. */
export function oneLine(text: string, repository = process.cwd()): string {
  const line = text
    .replaceAll(repository, '.')
    .replace(/https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?/g, 'the endpoint')
    .replace(/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, 'ID')
    .replace(/^(error|❌)\s+/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
