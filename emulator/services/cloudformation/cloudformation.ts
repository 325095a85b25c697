import * as cfn from '@aws-sdk/client-cloudformation';
import type { StackState } from '../../wire/activity/event.ts';
import type { Handlers, Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import type { CloudFormationDeps, Engine } from './engine.ts';
import { changeSetOperations } from './operations/change-set-operations.ts';
import { driftOperations } from './operations/drift-operations.ts';
import { resourceReports } from './operations/resource-reports.ts';
import { stackOperations } from './operations/stack-operations.ts';
import { stackReports } from './operations/stack-reports.ts';
import { templateOperations } from './operations/template-operations.ts';
import { ResourceTypes } from './resource-types.ts';
import { Stacks } from './stack/stacks.ts';

const model = serviceModel('cloudformation', cfn, {
  xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
});

/** CloudFormation: stacks, change sets and templates over the resource providers that are handed in. */
export function createCloudFormation(region: Region, deps: CloudFormationDeps) {
  const engine: Engine = { region, deps, stacks: new Stacks(), types: new ResourceTypes(deps.providers) };
  const operations = {
    ...stackOperations(engine),
    ...changeSetOperations(engine),
    ...stackReports(engine),
    ...resourceReports(engine),
    ...driftOperations(engine),
    ...templateOperations(engine),
  } satisfies Handlers<typeof cfn>;
  return {
    service: service<typeof cfn>(model, operations),
    operations,
    /** What there is now. */
    states: (): StackState[] => engine.stacks.all().flatMap((stack) => (stack.isDeleted ? [] : [stack.state])),
    /** Lets work under way begin nothing new, and waits for what it has begun. */
    close: async (): Promise<void> => {
      const stacks = engine.stacks.all();
      for (const { job } of stacks) {
        job.cancel();
      }
      await Promise.all(stacks.map(({ job }) => job.ended()));
    },
  };
}
