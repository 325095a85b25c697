import { createInterface } from 'node:readline';
import { command, runCommand, UserError } from './command-line.ts';
import { ended, startDeskProcess } from './desk-process.ts';

const program = command(
  'admin',
  'Runs an admin task of the deployed factory once, as a process of its own. Its log goes to stderr, its report to stdout.',
  'npm run admin -- cleanup --dry-run\n  npm run --silent admin -- cleanup | jq .removed',
)
  .argument('<task>', 'cleanup')
  .option('--dry-run', 'only report what would be done');

await runCommand(program, async (signal) => {
  const [task] = program.args;
  if (task !== 'cleanup') throw new UserError(`There is no task "${task}". The tasks are: cleanup.`);
  const { dryRun } = program.opts<{ dryRun?: boolean }>();
  const child = await startDeskProcess({
    program: 'functions/cleanup/main.ts',
    args: dryRun ? ['--dry-run'] : [],
    output: 'CleanupFunction',
    reads: true,
  });
  const [last, code] = await Promise.all([lastLine(child.stdout), ended(child, signal)]);
  if (code === 0) console.log(JSON.stringify(JSON.parse(last), undefined, 2));
  else if (last) console.error(last);
  return code;
});

/** The report is the last line that the task writes; those before it are its log. */
async function lastLine(output: NodeJS.ReadableStream | null): Promise<string> {
  let last = '';
  if (!output) return last;
  for await (const line of createInterface({ input: output })) {
    if (last) console.error(last);
    last = line;
  }
  return last;
}
