import type { CommandEnded } from '../../terminal/program.ts';

const Longest = 300;

/** Why a command failed, in one line: what it says of an error, or else the last that it says. */
export function reasonOf({ code, stdout, stderr }: CommandEnded): string {
  const [out, err] = [linesOf(stdout), linesOf(stderr)];
  const lines = [...out, ...err];
  const failed = ofDeploy(lines) ?? told(err) ?? lines.find((line) => soundsBad.test(line));
  return oneLine(failed ?? lines.at(-1) ?? `it ended with ${code} and said nothing`);
}

/** What the CDK CLI marks as failed, with the first resource that says why. */
function ofDeploy(lines: readonly string[]): string | undefined {
  const marked = lines.find((line) => line.startsWith('❌'));
  const [, type, why] = lines.map((line) => failedResource.exec(line)).find((found) => found !== null) ?? [];
  return marked && why ? `${marked}: ${type}: ${why}` : marked;
}

/** An event of CloudFormation, as the CDK CLI prints it. */
const failedResource = /_FAILED\s*\|\s*(AWS::\S+)\s*\|[^|]*?\(\w+\) (.+)$/;
const soundsBad = /\b(error|failed|cannot|refused)\b/i;

/** What a command of this project tells of its error, or what it refers to. */
function told(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => line.startsWith('error '));
  const line = lines[at];
  if (line?.includes('last lines say why')) {
    return lines[at - 1] ?? line;
  }
  return line?.endsWith(':') ? `${line} ${lines.at(-1)}` : line;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** A text as one short line, without what differs from run to run and does not matter: places on a disk, ports, ids. */
export function oneLine(text: string, repository = process.cwd()): string {
  const line = text
    .replaceAll(repository, '.')
    .replace(/https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?/g, 'ENDPOINT')
    .replace(/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, 'ID')
    .replace(/^(error|❌)\s+/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.length > Longest ? `${line.slice(0, Longest)}...` : line;
}
