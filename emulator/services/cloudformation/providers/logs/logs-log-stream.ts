import { internalCall } from '../../../../wire/operation.ts';
import type { ResourceProvider } from '../../provider.ts';
import { textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Logs::LogStream". `Ref` is the stream's name. */
export function logsLogStream(logs: ServiceOperations['logs']): ResourceProvider {
  return {
    type: 'AWS::Logs::LogStream',
    properties: { LogGroupName: 'replacement', LogStreamName: 'replacement' },
    create: async ({ LogGroupName, LogStreamName }, { physicalName }) => {
      const logGroupName = textOf(LogGroupName, '#/LogGroupName');
      const logStreamName = textOf(LogStreamName ?? physicalName(512), '#/LogStreamName');
      await logs.CreateLogStream({ logGroupName, logStreamName }, internalCall());
      return { physicalId: logStreamName, attributes: {} };
    },
    delete: ({ physicalId: logStreamName }, { LogGroupName }) => {
      const logGroupName = textOf(LogGroupName, '#/LogGroupName');
      return unlessGone(() => logs.DeleteLogStream({ logGroupName, logStreamName }, internalCall()));
    },
  };
}
