import { arn } from '../../../../wire/operation.ts';
import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

const shortfall = 'this endpoint has no CodeDeploy, and aliases change at once.';

/** Source: "AWS::CodeDeploy::Application". `Ref` is its name. */
export const codeDeployApplication = recordOnly(
  'AWS::CodeDeploy::Application',
  propertiesOf(['Tags'], ['ApplicationName', 'ComputePlatform']),
  ({ ApplicationName }, { physicalName }) => ({
    physicalId: textOf(ApplicationName ?? physicalName(100), '#/ApplicationName'),
    attributes: {},
  }),
  shortfall,
);

/** Source: "AWS::CodeDeploy::DeploymentConfig". `Ref` is its name. */
export const codeDeployDeploymentConfig = recordOnly(
  'AWS::CodeDeploy::DeploymentConfig',
  propertiesOf([], ['ComputePlatform', 'DeploymentConfigName', 'MinimumHealthyHosts', 'TrafficRoutingConfig']),
  ({ DeploymentConfigName }, { physicalName }) => ({
    physicalId: textOf(DeploymentConfigName ?? physicalName(100), '#/DeploymentConfigName'),
    attributes: {},
  }),
  shortfall,
);

/** Source: "AWS::CodeDeploy::DeploymentGroup", for functions. `Ref` is its name. */
export const codeDeployDeploymentGroup = recordOnly(
  'AWS::CodeDeploy::DeploymentGroup',
  propertiesOf(
    [
      ...['AlarmConfiguration', 'AutoRollbackConfiguration', 'DeploymentConfigName', 'DeploymentStyle'],
      ...['ServiceRoleArn', 'Tags', 'TriggerConfigurations'],
    ],
    ['ApplicationName', 'DeploymentGroupName'],
  ),
  ({ ApplicationName, DeploymentGroupName }, { physicalName, region }) => {
    const name = textOf(DeploymentGroupName ?? physicalName(100), '#/DeploymentGroupName');
    const application = textOf(ApplicationName, '#/ApplicationName');
    return {
      physicalId: name,
      attributes: { Arn: arn(region, 'codedeploy', `deploymentgroup:${application}/${name}`) },
    };
  },
  shortfall,
);
