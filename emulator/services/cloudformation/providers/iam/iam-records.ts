import { randomBytes } from 'node:crypto';
import { arn, type Region } from '../../../../wire/operation.ts';
import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

/** `/` where a template gives no path. */
const pathOf = (path: unknown): string => (path === undefined ? '/' : textOf(path, '#/Path'));
const iamArn = (region: Region, resource: string): string => arn({ ...region, name: '' }, 'iam', resource);
/** Why users and groups are records. */
export const noUsers = 'IAM has no users and groups here, and enforces no permissions';

/** Source: "AWS::IAM::User". `Ref` is its name. */
export const iamUser = recordOnly(
  'AWS::IAM::User',
  propertiesOf(
    ['Groups', 'LoginProfile', 'ManagedPolicyArns', 'Path', 'PermissionsBoundary', 'Policies', 'Tags'],
    ['UserName'],
  ),
  ({ UserName, Path }, { physicalName, region }) => {
    const name = textOf(UserName ?? physicalName(64), '#/UserName');
    return { physicalId: name, attributes: { Arn: iamArn(region, `user${pathOf(Path)}${name}`) } };
  },
  `${noUsers}.`,
);

/** Source: "AWS::IAM::Group". `Ref` is its name. */
export const iamGroup = recordOnly(
  'AWS::IAM::Group',
  propertiesOf(['ManagedPolicyArns', 'Path', 'Policies'], ['GroupName']),
  ({ GroupName, Path }, { physicalName, region }) => {
    const name = textOf(GroupName ?? physicalName(128), '#/GroupName');
    return { physicalId: name, attributes: { Arn: iamArn(region, `group${pathOf(Path)}${name}`) } };
  },
  `${noUsers}.`,
);

/** Source: "AWS::IAM::UserToGroupAddition". */
export const iamUserToGroupAddition = recordOnly(
  'AWS::IAM::UserToGroupAddition',
  propertiesOf(['GroupName', 'Users']),
  (_properties, { physicalName }) => {
    const Id = physicalName(128);
    return { physicalId: Id, attributes: { Id } };
  },
  `${noUsers}.`,
);

/** Source: "AWS::IAM::AccessKey". `Ref` is the key's ID. The endpoint takes whatever keys it does not know, and so this one. */
export const iamAccessKey = recordOnly(
  'AWS::IAM::AccessKey',
  propertiesOf(['Status'], ['Serial', 'UserName']),
  () => ({
    physicalId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    attributes: { SecretAccessKey: randomBytes(30).toString('base64') },
  }),
  `${noUsers}.`,
);

/** Source: "AWS::IAM::InstanceProfile". `Ref` is its name. */
export const iamInstanceProfile = recordOnly(
  'AWS::IAM::InstanceProfile',
  propertiesOf(['Roles'], ['InstanceProfileName', 'Path']),
  ({ InstanceProfileName, Path }, { physicalName, region }) => {
    const name = textOf(InstanceProfileName ?? physicalName(128), '#/InstanceProfileName');
    return { physicalId: name, attributes: { Arn: iamArn(region, `instance-profile${pathOf(Path)}${name}`) } };
  },
  'this endpoint has no instances.',
);
