import { randomUUID } from 'node:crypto';
import { internalCall } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, Resource, ResourceContext, ResourceProvider } from '../../provider.ts';
import { numberOf, textOf } from '../api-input.ts';
import type { ServiceOperations } from '../service-operations.ts';
import type { CustomResourceCallbacks, CustomResourceResponse, PendingResponse } from './custom-resource.ts';

type RequestType = 'Create' | 'Update' | 'Delete';

interface RequestDetails {
  readonly properties: Properties;
  readonly physicalId?: string;
  readonly previous?: Properties;
}

/** Seconds that CloudFormation waits, and the most it can be told to. */
const defaultTimeout = 3600;

/**
 * Resources that a Lambda function makes: it is invoked asynchronously, and answers to the URL in its event.
 * Source: CloudFormation User Guide, "AWS::CloudFormation::CustomResource" and "Custom resource request types".
 * An SNS topic as the ServiceToken is not served. `NoEcho` is not looked at.
 *
 * @param type `Custom::*`, or the other name of the same
 */
export function customResource(
  type: 'Custom::*' | 'AWS::CloudFormation::CustomResource',
  lambda: Pick<ServiceOperations['lambda'], 'Invoke'>,
  callbacks: CustomResourceCallbacks,
): ResourceProvider {
  return {
    type,
    properties: { ServiceToken: 'in place', ServiceTimeout: 'in place', '*': 'in place' },
    create: async (properties, context) => {
      const response = await send('Create', context, { properties });
      if (response.Status === 'FAILED' && response.PhysicalResourceId) {
        // AWS does so in the rollback, where this engine knows nothing of a resource that was never made.
        const { PhysicalResourceId: physicalId } = response;
        await send('Delete', context, { properties, physicalId }).catch(() => undefined);
      }
      return resourceOf(response);
    },
    update: async ({ physicalId }, properties, previous, context) => {
      if (properties['ServiceToken'] !== previous['ServiceToken']) {
        throw validationError('Modifying service token is not allowed.');
      }
      return resourceOf(await send('Update', context, { properties, physicalId, previous }));
    },
    delete: async ({ physicalId }, properties, context) => {
      assertSuccess(await send('Delete', context, { properties, physicalId }));
    },
  };

  async function send(
    RequestType: RequestType,
    context: ResourceContext,
    { properties, physicalId, previous }: RequestDetails,
  ): Promise<CustomResourceResponse> {
    const ServiceToken = functionOf(properties, context);
    const RequestId = randomUUID();
    const timeout = timeoutOf(properties);
    const pending = callbacks.expect(timeout);
    const event = {
      RequestType,
      ServiceToken,
      ResponseURL: pending.url,
      StackId: context.stackId,
      RequestId,
      LogicalResourceId: context.logicalId,
      ...(physicalId !== undefined && { PhysicalResourceId: physicalId }),
      ResourceType: context.resourceType,
      ResourceProperties: toldProperties(properties),
      ...(previous && { OldResourceProperties: toldProperties(previous) }),
    };
    try {
      const Payload = Buffer.from(JSON.stringify(event));
      await lambda.Invoke({ FunctionName: ServiceToken, InvocationType: 'Event', Payload }, internalCall());
    } catch (error) {
      pending.cancel(error as Error);
      throw error;
    }
    const until = new Date(Date.now() + timeout * 1000).toISOString();
    context.waits(`Waiting for an answer of ${ServiceToken} until ${until}. Its log says what it does.`);
    const response = await answerOf(pending, context.signal, RequestType);
    return response.Status === 'FAILED' ? { ...response, Reason: failure(response, RequestId) } : response;
  }
}

/** The answer, unless the stack is deleted or the like before it comes. */
async function answerOf(pending: PendingResponse, signal: AbortSignal, requestType: RequestType) {
  const cancel = (): void => pending.cancel(validationError(`Resource ${nouns[requestType]} cancelled`));
  signal.addEventListener('abort', cancel);
  if (signal.aborted) {
    cancel();
  }
  try {
    return await pending.response;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

const nouns = { Create: 'creation', Update: 'update', Delete: 'deletion' } as const;

function functionOf({ ServiceToken }: Properties, { region }: ResourceContext): string {
  const token = textOf(ServiceToken, '#/ServiceToken');
  const [, , service, name] = token.split(':');
  if (service !== 'lambda') {
    throw validationError(`ServiceToken ${token} is not served by this endpoint: only functions of Lambda are.`);
  }
  if (name !== region.name) {
    throw validationError(`ServiceToken ${token} must be in the region of the stack, ${region.name}.`);
  }
  return token;
}

function timeoutOf({ ServiceTimeout }: Properties): number {
  const seconds = ServiceTimeout === undefined ? defaultTimeout : numberOf(ServiceTimeout, '#/ServiceTimeout');
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= defaultTimeout) {
    return seconds;
  }
  throw validationError(`ServiceTimeout must be a whole number of seconds from 1 to ${defaultTimeout}.`);
}

const failure = ({ Reason = 'no reason was given' }: CustomResourceResponse, requestId: string): string =>
  `Received response status [FAILED] from custom resource. Message returned: ${Reason} (RequestId: ${requestId})`;

function assertSuccess({ Status, Reason }: CustomResourceResponse): void {
  if (Status === 'FAILED') {
    throw validationError(Reason ?? Status);
  }
}

function resourceOf(response: CustomResourceResponse): Resource {
  assertSuccess(response);
  const { PhysicalResourceId, Data = {} } = response;
  if (PhysicalResourceId === undefined) {
    throw validationError('Invalid response object: it must have a PhysicalResourceId.');
  }
  return { physicalId: PhysicalResourceId, attributes: Data };
}

/**
 * The properties that a function gets. CDK's `AwsCustomResource` installs the newest SDK from npm, unless a property says not to:
 * on this machine that would be a real installation. So that property is set, and the function uses the SDK of the runtime.
 */
function toldProperties(properties: Properties): unknown {
  return withScalarsAsText(
    'InstallLatestAwsSdk' in properties ? { ...properties, InstallLatestAwsSdk: false } : properties,
  );
}

/** A function is handed numbers and booleans as text, however deep they are. */
function withScalarsAsText(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withScalarsAsText);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withScalarsAsText(member)]));
  }
  return String(value);
}
