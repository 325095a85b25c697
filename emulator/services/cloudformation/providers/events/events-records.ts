import { arn } from '../../../../wire/operation.ts';
import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

/** Source: "AWS::Events::Archive". `Ref` is its name. */
export const eventsArchive = recordOnly(
  'AWS::Events::Archive',
  propertiesOf(['Description', 'EventPattern', 'KmsKeyIdentifier', 'RetentionDays'], ['ArchiveName', 'SourceArn']),
  ({ ArchiveName }, { physicalName, region }) => {
    const name = textOf(ArchiveName ?? physicalName(48), '#/ArchiveName');
    return { physicalId: name, attributes: { Arn: arn(region, 'events', `archive/${name}`), ArchiveName: name } };
  },
  'this endpoint keeps no events, and replays none.',
);
