import { z } from 'zod';
import { createWorkingCopy } from '../../experiment/working-copy.ts';
import type { Job, JobContext } from '../job.ts';
import { reasonOf } from '../reason.ts';
import { doesNot, type Finding, works } from '../result.ts';

const deployArguments = ['deploy', 'Factor12/*', '--require-approval', 'never'] as const;
const handlerFile = 'functions/cleanup/handler.ts';

/** Deploys the finished factory, changes a function, and deploys it again, from a copy of the project. */
export const redeploy: Job = {
  name: 'redeploy',
  group: 'factory',
  rows: ['redeploy'],
  run: async (context) => ({ redeploy: await tryRedeploy(context) }),
};

async function tryRedeploy(context: JobContext): Promise<Finding> {
  const copy = await createWorkingCopy(context.repository);
  const deploy = () => context.npmIn(copy.repository, 'cdk', ...deployArguments);
  try {
    const first = await deploy();
    if (first.code !== 0) {
      return doesNot(reasonOf(first));
    }
    const before = await releaseThatRuns(context);
    await copy.edit(handlerFile, (text) => `${text}\nprocess.env['CHANGED'] = 'changed';\n`);
    const second = await deploy();
    if (second.code !== 0) {
      return doesNot(reasonOf(second));
    }
    const after = await releaseThatRuns(context);
    return after === before ? doesNot('the deploy ends well, and what ran before it still runs') : works;
  } finally {
    await copy.close();
  }
}

const report = z.object({ release: z.string() });

/** Cleanup says by which release it was done, which is named by the content of the bundles. */
async function releaseThatRuns(context: JobContext): Promise<string> {
  const ended = await context.npm('invoke', 'cleanup', 'events/cleanup/dry-run.json');
  if (ended.code !== 0) {
    throw new Error(reasonOf(ended));
  }
  return report.parse(JSON.parse(ended.stdout)).release;
}
