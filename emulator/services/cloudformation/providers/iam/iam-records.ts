import { arn, type Region } from '../../../../wire/operation.ts';
import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

/** `/` where a template gives no path. */
const pathOf = (path: unknown): string => (path === undefined ? '/' : textOf(path, '#/Path'));
const iamArn = (region: Region, resource: string): string => arn({ ...region, name: '' }, 'iam', resource);

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
