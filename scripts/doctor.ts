import { join } from 'node:path';
import { examineCredentials } from '../client/doctor/credentials.ts';
import { examineEndpoints } from '../client/doctor/endpoints.ts';
import type { Finding } from '../client/doctor/finding.ts';
import { examineMachine } from '../client/doctor/machine.ts';
import { examineTools } from '../client/doctor/tools.ts';
import { command, runCommand } from '../terminal/command-line.ts';
import { type Paint, paintFor } from '../terminal/paint.ts';

const program = command(
  'doctor',
  'Checks whether this machine is ready for the workshop, and says what to do if it is not.',
  'npm run doctor\n  npm run -s doctor -- --json',
).option('--json', 'print the findings as JSON');

await runCommand(program, async () => {
  const findings = [
    ...(await examineMachine(join(import.meta.dirname, '..'))),
    ...(await examineTools()),
    ...(await examineEndpoints(process.env['AWS_ENDPOINT_URL'] || undefined)),
    examineCredentials(process.env),
  ];
  const isReady = findings.every(({ state }) => state !== 'stops');
  const { json } = program.opts<{ json?: boolean }>();
  console.log(json ? JSON.stringify({ isReady, findings }, undefined, 2) : shown(findings, paintFor(process.stdout)));
  return isReady ? 0 : 1;
});

function shown(findings: readonly Finding[], paint: Paint): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const colours = { fine: 'green', note: 'yellow', stops: 'red' } as const;
  return findings
    .map(({ name, state, says, todo }) => {
      const line = `${paint(colours[state], state.padEnd('stops'.length))}  ${name.padEnd(width)}  ${says}`;
      return todo === undefined ? line : `${line}\n${' '.repeat('stops'.length + width + 4)}${todo}`;
    })
    .join('\n');
}
