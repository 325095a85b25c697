/**
 * Cleanup as a one-off process: `node functions/cleanup/main.ts [--dry-run]`, with the environment of the function. It cleans
 * up once, and its last line on stdout is the report as JSON. It may take the time that it needs:
 * `getRemainingTimeInMillis` is infinite, until SIGTERM asks it to stop in good order.
 *
 * Returns the exit code, which is all that a scheduler or a shell reads: 0 where all is done, 1 where it failed, with the
 * reason in a line on stderr, and 2 where it had to leave orders behind (`unreadable` or `failed` of the report).
 */
async function main(_args: readonly string[]): Promise<number> {
  throw new Error('TODO: clean up once, and tell by the exit code how that went');
}

process.exitCode = await main(process.argv.slice(2));
