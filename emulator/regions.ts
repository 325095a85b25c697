import { ParameterNotFound } from '@aws-sdk/client-ssm';
import { bootstrap } from './bootstrap.ts';
import type { Page } from './gateway.ts';
import { isRegion, unknownRegion } from './region-name.ts';
import { ApiAddresses } from './services/apigateway/api-addresses.ts';
import { createCloudFormation } from './services/cloudformation/cloudformation.ts';
import { WaitSignals } from './services/cloudformation/providers/cloudformation/wait-signals.ts';
import { CustomResourceCallbacks } from './services/cloudformation/providers/custom-resource/custom-resource.ts';
import { createProviders } from './services/cloudformation/providers/providers.ts';
import { createDynamoDb } from './services/dynamodb/dynamodb.ts';
import { createEvents } from './services/events/events.ts';
import { createIam } from './services/iam/iam.ts';
import { runtimeFault } from './services/lambda/function/runtimes.ts';
import { codePath, createLambda } from './services/lambda/lambda.ts';
import { createLogs } from './services/logs/logs.ts';
import type { NotificationDestinations } from './services/s3/notification/notifications.ts';
import { createS3 } from './services/s3/s3.ts';
import { createSecretsManager } from './services/secretsmanager/secretsmanager.ts';
import { pagePath as subscriberPath } from './services/sns/page.ts';
import { createSqs } from './services/sqs/sqs.ts';
import { createSsm } from './services/ssm/ssm.ts';
import { faultsOf } from './services/states/definition.ts';
import { createSts } from './services/sts/sts.ts';
import type { Activity } from './wire/activity/activity.ts';
import type { RegionState } from './wire/activity/event.ts';
import type { AccessKeys } from './wire/authentication/access-keys.ts';
import type { WireAnswer, WireRequest } from './wire/http.ts';
import { onDemand } from './wire/on-demand.ts';
import { internalCall, type Region } from './wire/operation.ts';
import type { Publish } from './wire/publish.ts';
import type { Service, Services } from './wire/service.ts';

/** All regions of the endpoint. One is made, and bootstrapped for the CDK CLI, when something first asks for it. */
export function createRegions(accountId: string, endpoint: () => string, accessKeys: AccessKeys, activity?: Activity) {
  const regionNamed = (name: string): Region => ({
    ...(activity && { activity: activity.of(name) }),
    accountId,
    name,
    get endpoint() {
      return endpoint();
    },
  });
  const regions = new Map<string, ReturnType<typeof createRegion>>();
  let closed = false;
  const callbacks = new CustomResourceCallbacks(endpoint);
  const signals = new WaitSignals();
  const destinations: NotificationDestinations = {
    send: async (arn, message, traceHeader) => {
      const region = regions.get(arn.split(':')[3] ?? '');
      if (!region) {
        throw new Error(`There is no ${arn}.`);
      }
      await region.send(arn, message, traceHeader);
    },
    hasFunction: (arn) => regions.get(arn.split(':')[3] ?? '')?.hasFunction(arn) ?? false,
    putEvent: (name, event) => regions.get(name)?.emit({ ...event, source: 'aws.s3', time: new Date() }),
  };
  const globals = createGlobals(regionNamed('us-east-1'), accessKeys, destinations);

  return {
    pages: [
      { path: callbacks.path, answer: (request) => callbacks.answer(request) },
      { path: signals.path, answer: (request) => signals.answer(request) },
      {
        path: subscriberPath,
        answer: async (request) => subscriberPage(request, regions.get(request.query.get('Region') ?? '')?.sns),
      },
      { path: codePath, answer: ({ path }) => codePage(path, (name) => regions.get(name)?.lambda) },
    ] satisfies Page[],
    crossOrigin: globals.s3.crossOrigin,
    names: () => [...regions.keys()],
    /** Those that are in use. */
    all: () => [...regions.values()],
    /**
     * The services of a region, once it is ready. Fails with an `InvalidSignatureException`, and a line on stderr, where AWS
     * has no region of the name.
     */
    services: async (name: string): Promise<Services> => {
      let region = regions.get(name);
      if (!region && !isRegion(name)) {
        const error = unknownRegion(name);
        console.error(`${error.message} Set AWS_REGION to a region of AWS, such as eu-west-1.`);
        throw error;
      }
      if (!region) {
        if (closed) {
          throw new Error('The endpoint is closing.');
        }
        region = createRegion(regionNamed(name), globals, { callbacks, signals }, accessKeys);
        regions.set(name, region);
      }
      await region.ready;
      return region.services;
    },
    close: async () => {
      closed = true;
      callbacks.close();
      await Promise.all([...regions.values()].map((region) => region.close()));
    },
  };
}

/** What a subscriber of a topic opens that has no signature: SNS is asked where it is there already. */
async function subscriberPage(
  request: WireRequest,
  sns: ReturnType<typeof createRegion>['sns'] | undefined,
): Promise<WireAnswer> {
  const made = await sns?.made;
  return (
    made?.page(request) ?? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'There is no such topic.' }
  );
}

/** A deployment package, in the place of the presigned S3 URL that AWS hands out: its name is a hash, which cannot be guessed. */
async function codePage(
  path: string,
  lambdaOf: (region: string) => Pick<ReturnType<typeof createLambda>, 'zipOf'> | undefined,
): Promise<WireAnswer> {
  const [region = '', name = ''] = path.slice(codePath.length).split('/');
  const body = await lambdaOf(region)?.zipOf(name);
  return body
    ? { status: 200, headers: { 'content-type': 'application/zip' }, body }
    : { status: 404, headers: { 'content-type': 'text/plain' }, body: 'There is no such deployment package.' };
}

/** The services that know no region: one instance is seen from all. */
function createGlobals(everywhere: Region, accessKeys: AccessKeys, destinations: NotificationDestinations) {
  return { iam: createIam(everywhere), s3: createS3(everywhere, destinations), sts: createSts(accessKeys) };
}

/** The services of one region, wired to each other by their operations. */
function createRegion(
  region: Region,
  { iam, s3, sts }: ReturnType<typeof createGlobals>,
  { callbacks, signals }: { readonly callbacks: CustomResourceCallbacks; readonly signals: WaitSignals },
  accessKeys: AccessKeys,
) {
  const logs = createLogs(region, { lambda: () => lambda.operations });
  const sqs = createSqs(region);
  const dynamodb = createDynamoDb(region);
  const ssm = createSsm(region);
  const secretsmanager = createSecretsManager(region);
  const sns = onDemand(async () => {
    const { createSns } = await import('./services/sns/sns.ts');
    return createSns(region, { lambda: lambda.operations, sqs: sqs.operations });
  });
  const addresses = new ApiAddresses();
  const apiGateway = () => ({ accessKeys, addresses, lambda: lambda.operations });
  const httpApis = onDemand(async () => {
    const { createHttpApis } = await import('./services/apigateway/http-api/http-apis.ts');
    return createHttpApis(region, apiGateway());
  });
  const restApis = onDemand(async () => {
    const { createRestApis } = await import('./services/apigateway/rest-api/rest-apis.ts');
    return createRestApis(region, apiGateway());
  });
  const states = onDemand(async () => {
    const { createStates } = await import('./services/states/states.ts');
    return createStates(region, { lambda: lambda.operations });
  });
  const publish: Publish = async (message, call) => (await sns()).operations.Publish(message, call);
  const lambda = createLambda(region, {
    accessKeys,
    logs: logs.operations,
    sqs: sqs.operations,
    s3GetObject: s3.getObject,
    findStream: dynamodb.findStream,
    publish,
    putEvent: async (EventBusName, { source: Source, detailType: DetailType, resources, detail: Detail }) =>
      events.operations.PutEvents({
        Entries: [{ EventBusName, Source, DetailType, Detail, Resources: [...resources] }],
      }),
  });
  const events = createEvents(region, {
    lambda: lambda.operations,
    sqs: sqs.operations,
    logs: logs.operations,
    publish,
  });
  const providers = createProviders(
    {
      cloudformation: () => cloudformation.operations,
      dynamodb: dynamodb.operations,
      events: events.operations,
      httpApis: async () => (await httpApis()).operations,
      iam: iam.operations,
      lambda: lambda.operations,
      logs: logs.operations,
      restApis: async () => (await restApis()).operations,
      s3: s3.operations,
      secretsmanager: secretsmanager.operations,
      sns: async () => (await sns()).operations,
      sqs: sqs.operations,
      ssm: ssm.operations,
      runtimeFault,
      states: { operations: async () => (await states()).operations, faultsOf },
    },
    callbacks,
    signals,
  );
  const cloudformation: ReturnType<typeof createCloudFormation> = createCloudFormation(region, {
    providers,
    getObject: s3.getObject,
    addressesIn: (text) => addresses.inText(text),
    getParameter: (name) => parameterValue(ssm.operations, name),
    getSecretString: (SecretId, { stage, id }) => {
      const version = { ...(stage && { VersionStage: stage }), ...(id && { VersionId: id }) };
      return secretsmanager.operations.GetSecretValue({ SecretId, ...version }).SecretString;
    },
  });
  const all = [iam, s3, sts, logs, sqs, dynamodb, ssm, secretsmanager, lambda, events, cloudformation];
  return {
    /** What there is now. */
    state: (): RegionState => ({
      name: region.name,
      functions: lambda.states(),
      queues: sqs.states(),
      tables: dynamodb.states(),
      rules: events.states(),
      stacks: cloudformation.states(),
    }),
    services: new Map<string, Service | (() => Promise<Service>)>([
      ...all.map(({ service }) => [service.model.signingName, service] as const),
      ['apigateway', async () => (await restApis()).service],
      ['apigatewayv2', async () => (await httpApis()).service],
      ['sns', async () => (await sns()).service],
      ['states', async () => (await states()).service],
    ]) satisfies Services,
    /** Makers of the resource types that CloudFormation has here. */
    providers,
    lambda,
    /** Takes an event of another service for the default bus. */
    emit: events.emit,
    /** Sends a message to a function, a queue or a topic of this region. */
    send: async (arn: string, message: string, traceHeader: string | undefined): Promise<void> => {
      const call = { ...internalCall(), traceHeader };
      const [, , service, , accountId, name] = arn.split(':');
      if (service === 'sns') {
        await publish({ TopicArn: arn, Message: message, Subject: 'Amazon S3 Notification' }, call);
      } else if (service === 'sqs') {
        const QueueUrl = `${region.endpoint}/${accountId}/${name}`;
        await sqs.operations.SendMessage({ QueueUrl, MessageBody: message }, call);
      } else {
        const Payload = Buffer.from(message);
        await lambda.operations.Invoke({ FunctionName: arn, InvocationType: 'Event', Payload }, call);
      }
    },
    hasFunction: (FunctionName: string): boolean => {
      try {
        return lambda.operations.GetFunctionConfiguration({ FunctionName }) !== undefined;
      } catch {
        return false;
      }
    },
    sns,
    sqs,
    consumedCapacity: dynamodb.consumed,
    ready: bootstrap(cloudformation.operations),
    close: async () => {
      (await httpApis.made)?.close();
      (await restApis.made)?.close();
      (await states.made)?.close();
      await (await sns.made)?.close();
      for (const part of [cloudformation, events, lambda, dynamodb, sqs, logs]) {
        await part.close();
      }
    },
  };
}

function parameterValue(operations: ReturnType<typeof createSsm>['operations'], Name: string): string | undefined {
  try {
    return operations.GetParameter({ Name, WithDecryption: true }).Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      return undefined;
    }
    throw error;
  }
}
