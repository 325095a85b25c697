/** What an environment may reach of the file system. */
export interface FileAccess {
  /** Directories that are there, by their real paths. */
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** What functions do on Lambda and Node's permission model forbids by default. */
const allowed = ['child-process', 'worker', 'addons', 'wasi', 'inspector'];
/** The warnings that Node prints where these are allowed: they are no news to whoever reads a function's log. */
const warnings = ['PERM0001', 'PERM0002', 'PERM0004', 'PERM0005', 'PERM0006'];

/**
 * Options of Node's permission model ("Permissions" in the Node.js documentation) for the process of an environment: its files
 * are its own, as on Lambda. A function that reads the home of the user, the variables of the endpoint or the code of
 * another function fails with `ERR_ACCESS_DENIED`, and so do its workers and the Node processes that it starts.
 *
 * Child processes, workers, addons, WASI and the inspector stay allowed: they work on Lambda, and honest functions use them
 * (sharp, Prisma, ffmpeg, Chromium). What a child that is not Node, or native code, does to files is not held back. So this is a seat belt, as Node
 * calls it, and no wall: it stops mistakes, and not code that means harm. For such code a machine of one's own, or a container,
 * is the wall; forbidding children would break the honest and not stop the others, as a function runs as the user.
 *
 * Not to be had under the model, though Lambda has it: `fs.symlink`, and `fchmod`, `fchown` and `futimes` of an open file.
 */
export function permissionOptions({ read, write }: FileAccess): string[] {
  return [
    '--permission',
    ...[...read, ...write].map((directory) => `--allow-fs-read=${directory}`),
    ...write.map((directory) => `--allow-fs-write=${directory}`),
    // Node 22 has no say in some of them.
    ...allowed.map((what) => `--allow-${what}`).filter((option) => process.allowedNodeEnvironmentFlags.has(option)),
    ...warnings.map((code) => `--disable-warning=${code}`),
  ];
}
