import { randomUUID } from 'node:crypto';
import { arn } from '../../../wire/operation.ts';
import { textOf } from './api-input.ts';
import { recordOnly } from './record-only.ts';

/** Types that the template of `cdk bootstrap` names, or every app of the CDK, and that have no service behind them here. */

/** Source: "AWS::ECR::Repository". **The repository holds no images**: nothing can be pushed to it or pulled from it. */
export const ecrRepository = recordOnly(
  'AWS::ECR::Repository',
  {
    EmptyOnDelete: 'in place',
    EncryptionConfiguration: 'replacement',
    ImageScanningConfiguration: 'in place',
    ImageTagMutability: 'in place',
    LifecyclePolicy: 'in place',
    RepositoryName: 'replacement',
    RepositoryPolicyText: 'in place',
    Tags: 'in place',
  },
  ({ RepositoryName }, { physicalName, region }) => {
    const name = textOf(RepositoryName ?? physicalName(256, { lowerCase: true }), '#/RepositoryName');
    return {
      physicalId: name,
      attributes: {
        Arn: arn(region, 'ecr', `repository/${name}`),
        RepositoryUri: `${region.accountId}.dkr.ecr.${region.name}.amazonaws.com/${name}`,
      },
    };
  },
  'this endpoint has no registry, and the repository holds no images.',
);

const noKms = 'this endpoint has no KMS, and encrypts nothing.';

/** Source: "AWS::KMS::Key". **There is no key material**: nothing is encrypted with it, and no API knows it. */
export const kmsKey = recordOnly(
  'AWS::KMS::Key',
  {
    Description: 'in place',
    Enabled: 'in place',
    BypassPolicyLockoutSafetyCheck: 'in place',
    EnableKeyRotation: 'in place',
    KeyPolicy: 'in place',
    KeySpec: 'in place',
    KeyUsage: 'in place',
    MultiRegion: 'in place',
    Origin: 'in place',
    PendingWindowInDays: 'in place',
    RotationPeriodInDays: 'in place',
    Tags: 'in place',
  },
  (_properties, { region }) => {
    const KeyId = randomUUID();
    return { physicalId: KeyId, attributes: { Arn: arn(region, 'kms', `key/${KeyId}`), KeyId } };
  },
  noKms,
);

/** Source: "AWS::KMS::Alias": a name for a key that is a record itself. */
export const kmsAlias = recordOnly(
  'AWS::KMS::Alias',
  { AliasName: 'replacement', TargetKeyId: 'in place' },
  ({ AliasName }) => ({ physicalId: textOf(AliasName, '#/AliasName'), attributes: {} }),
  noKms,
);

/** What the CDK says of the constructs in a template; AWS too only keeps it. */
export const cdkMetadata = recordOnly(
  'AWS::CDK::Metadata',
  { Analytics: 'in place' },
  (_properties, context) => ({ physicalId: context.physicalName(128), attributes: {} }),
  undefined,
);
