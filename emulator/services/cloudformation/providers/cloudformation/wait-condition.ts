import { validationError } from '../../errors.ts';
import type { Properties, ResourceContext, ResourceProvider } from '../../provider.ts';
import { numberOf, textOf } from '../api-input.ts';
import type { WaitHandle, WaitSignals } from './wait-signals.ts';

/** Seconds that a wait condition may wait at the most. */
const longest = 43_200;

/** Source: CloudFormation User Guide, "AWS::CloudFormation::WaitConditionHandle". `Ref` is the URL that signals are sent to. */
export function waitConditionHandle(signals: WaitSignals): ResourceProvider {
  return {
    type: 'AWS::CloudFormation::WaitConditionHandle',
    properties: {},
    create: async (_properties, { region }) => ({ physicalId: `${region.endpoint}${signals.open()}`, attributes: {} }),
    update: async (handle) => handle,
    delete: async ({ physicalId }) => signals.close(physicalId),
  };
}

/**
 * Source: CloudFormation User Guide, "AWS::CloudFormation::WaitCondition": the stack goes on when so many signals have come to the
 * handle. Its attribute `Data` is their data by their unique ids. It cannot be updated.
 */
export function waitCondition(signals: WaitSignals): ResourceProvider {
  return {
    type: 'AWS::CloudFormation::WaitCondition',
    properties: { Count: 'in place', Handle: 'in place', Timeout: 'in place' },
    create: async (properties, context) => {
      const url = textOf(properties['Handle'], '#/Handle');
      const handle = signals.find(url);
      if (!handle) {
        throw validationError(`The handle ${url} of the wait condition is none of this endpoint.`);
      }
      const data = await waitFor(handle, properties, context);
      return { physicalId: context.physicalName(128), attributes: { Data: JSON.stringify(data) } };
    },
    update: async () => {
      throw validationError('Update to resource type AWS::CloudFormation::WaitCondition is not supported.');
    },
    delete: async () => {},
  };
}

async function waitFor(
  handle: WaitHandle,
  { Count = 1, Timeout }: Properties,
  { signal, waits }: ResourceContext,
): Promise<Record<string, string>> {
  const count = numberOf(Count, '#/Count');
  const seconds = numberOf(Timeout, '#/Timeout');
  if (seconds < 0 || seconds > longest) {
    throw validationError(`#/Timeout: the value must be from 0 to ${longest} seconds.`);
  }
  const late = AbortSignal.timeout(seconds * 1000);
  const over = AbortSignal.any([signal, late]);
  const until = new Date(Date.now() + seconds * 1000).toISOString();
  waits(`Waiting for ${count} signal(s) until ${until}.`);
  for (;;) {
    const failed = [...handle.signals].find(([, { Status }]) => Status === 'FAILURE');
    if (failed) {
      const [uniqueId, { Reason }] = failed;
      throw validationError(`WaitCondition received failed message: '${Reason}' for uniqueId: ${uniqueId}`);
    }
    if (handle.signals.size >= count) {
      return Object.fromEntries([...handle.signals].map(([uniqueId, { Data }]) => [uniqueId, Data]));
    }
    if (over.aborted) {
      throw validationError(
        signal.aborted
          ? 'Resource creation cancelled'
          : `WaitCondition timed out. Received ${handle.signals.size} conditions when expecting ${count}`,
      );
    }
    await handle.next(over);
  }
}
