import { expect, test } from 'vitest';
import { createTestStacks } from '../../resources.fixture.ts';
import { recordOnly } from '../record-only.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { lambdaAlias } from './lambda-alias.ts';

/** The alias's provider, without a function behind it. */
const alias = {
  ...recordOnly('AWS::Lambda::Alias', {}, () => ({ physicalId: 'live', attributes: {} }), undefined),
  ...pickPolicies(lambdaAlias({} as ServiceOperations['lambda'])),
};

function pickPolicies({ updatePolicies }: ReturnType<typeof lambdaAlias>) {
  return { ...(updatePolicies && { updatePolicies }) };
}

const withPolicy = (UpdatePolicy: object) => ({ Resources: { Live: { Type: 'AWS::Lambda::Alias', UpdatePolicy } } });

test('a deployment by CodeDeploy is recorded, which the events of the alias say', async () => {
  const { create, operations } = createTestStacks(undefined, { providers: [alias] });
  const CodeDeployLambdaAliasUpdate = { ApplicationName: 'a', DeploymentGroupName: 'g' };
  expect(await create(withPolicy({ CodeDeployLambdaAliasUpdate }))).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  const { StackEvents = [] } = operations.DescribeStackEvents({ StackName: 'Bakery' });
  expect(StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain(
    'Recorded only: CodeDeployLambdaAliasUpdate (the alias changes at once, and no hook is called).',
  );
});

test('another update policy is refused by name', async () => {
  const { create } = createTestStacks(undefined, { providers: [alias] });
  await expect(create(withPolicy({ AutoScalingRollingUpdate: {} }))).rejects.toThrow(
    '[/Resources/Live/UpdatePolicy] AutoScalingRollingUpdate is not served by this endpoint.',
  );
});
