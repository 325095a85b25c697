/**
 * Workers have the permissions of the process (see `permission-model.ts`), also where they are given options of their own: Node
 * takes those in the place of all options of the process, the permission model among them. Loaded ahead of the function, and of
 * each of its workers, which may start others.
 */
const { syncBuiltinESMExports } = require('node:module');
const workerThreads = require('node:worker_threads');

/** Options of the permission model, with dashes or underscores. A worker's own do not count. */
const permissionOption = /^--(no[-_])?(experimental[-_])?permission|^--allow[-_]/;
const isPermission = (option) => permissionOption.test(option);
/** The permissions, and the files that are loaded ahead: this one among them. */
const isOfRuntime = (option) => isPermission(option) || /^--(disable-warning|require)=/.test(option);
const inherited = process.execArgv.filter(isOfRuntime);

workerThreads.Worker = class Worker extends workerThreads.Worker {
  constructor(file, options = {}) {
    super(file, { ...options, ...permissions(options) });
  }
};
syncBuiltinESMExports();

function permissions({ execArgv, env }) {
  const nodeOptions = String(env?.NODE_OPTIONS ?? '').split(' ');
  return {
    ...(Array.isArray(execArgv) && {
      execArgv: [...inherited, ...withoutPermissions(execArgv)],
    }),
    ...(nodeOptions.some(isPermission) && { env: { ...env, NODE_OPTIONS: withoutPermissions(nodeOptions).join(' ') } }),
  };
}

const withoutPermissions = (options) => options.filter((option) => !isPermission(option));
