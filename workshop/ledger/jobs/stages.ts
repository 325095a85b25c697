import type { Job, JobContext } from '../job.ts';
import type { Findings } from '../merge.ts';
import { reasonOf } from '../reason.ts';
import { doesNot, type Finding, notRun, works } from '../result.ts';
import { stageNames, stageRow, stageSteps } from '../rows.ts';

export const bootstrap: Job = {
  name: 'bootstrap',
  group: 'bootstrap',
  rows: ['bootstrap'],
  run: async (context) => {
    const ended = await context.npm('cdk', 'bootstrap');
    return { bootstrap: ended.code === 0 ? works : doesNot(reasonOf(ended)) };
  },
};

/** Each stage is deployed, deployed again as it is, and destroyed, before the next. */
export const stages: readonly Job[] = stageNames.map((stage) => ({
  name: stage,
  group: 'stages',
  rows: stageSteps.map((step) => stageRow(stage, step)),
  run: (context) => tryStage(stage, context),
}));

async function tryStage(stage: string, { npm, assembly }: JobContext): Promise<Findings> {
  // Without a build, or the CLI would run the one in cdk.json, though the assembly is there.
  const ready = [`${stage}/*`, '--app', await assembly(), '--build', ''];
  const deploy = ['deploy', ...ready, '--require-approval', 'never'];
  const first = await npm('cdk', ...deploy);
  const again = first.code === 0 ? await npm('cdk', ...deploy) : undefined;
  const destroyed = await npm('cdk', 'destroy', '--force', ...ready);
  return {
    [stageRow(stage, 'deploy')]: first.code === 0 ? works : doesNot(reasonOf(first)),
    [stageRow(stage, 'deploy again')]: again ? unchanged(again) : notRun('the first deploy failed'),
    [stageRow(stage, 'destroy')]: destroyed.code === 0 ? works : doesNot(reasonOf(destroyed)),
  };
}

function unchanged(ended: Awaited<ReturnType<JobContext['npm']>>): Finding {
  if (ended.code !== 0) {
    return doesNot(reasonOf(ended));
  }
  const says = `${ended.stdout}\n${ended.stderr}`;
  return says.includes('(no changes)') ? works : doesNot('the CDK CLI deployed it again, though nothing had changed');
}
