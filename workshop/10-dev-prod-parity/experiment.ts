import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BatchWriteItemCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import { build } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { callHandler } from '../../client/factory/call-handler.ts';
import { reachVariables } from '../../client/factory/function-environment.ts';
import { experiment } from '../experiment/experiment.ts';
import { exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { differences, type Fingerprint } from './fingerprint.ts';
import { compareWithImage } from './image-parity.ts';
import { foreignLaptop } from './laptop.ts';
import { changeRuntimeProfile } from './profile-change.ts';

const recipes = ['chocolate-chip', 'sabayon', 'smores'];
/** Of each recipe, orders of one cookie, of two, and so on; as many as DynamoDB writes at once (25). */
const ofEach = 8;
const items = recipes.flatMap((recipe) => Array.from({ length: ofEach }, (_, n) => ({ recipe, quantity: n + 1 })));

/** Factor 10: the same release on a local machine far away and where it is deployed. */
export const proof = experiment({
  question: 'Does the local machine see what production sees?',
  headline:
    'Orders that get a different bake-by date on the local machine: {verdicts.before} before, {verdicts.after} now.',
  observables: {
    verdicts: {
      kind: 'gate',
      title: 'orders that get a different bake-by date on a laptop with its own settings',
      must: exactly(0),
      lookAt:
        'Something in baking.ts asks the machine what day it is: getDate, getMonth or a format without a time zone. Name the zone in the code.',
    },
    fingerprint: {
      kind: 'gate',
      title: 'fingerprint: features in which a local process and the function differ',
      must: exactly(0),
      lookAt: 'A local process takes the variables of the function: both LANG and TZ must be among them.',
    },
    oneFile: {
      kind: 'gate',
      title: 'a change of runtime.json reaches the environment of every function',
      must: yes,
      lookAt:
        'stack.ts must give each function what is in runtime.json, read when it is synthesised: a value in the source, or on one function alone, stays as it is.',
    },
    baked: {
      kind: 'guard',
      title: 'orders baked by both',
      must: exactly(items.length),
      lookAt:
        'Baking fails, on Lambda or on the laptop: an empty time zone, or one that does not exist, is a RangeError.',
    },
    lambdasOwn: {
      kind: 'guard',
      title: 'the function is given no other language and time zone than Lambda’s own',
      must: yes,
      lookAt:
        'runtime.json must name what Lambda has anyway, en_US.UTF-8 and UTC: other values make a gap of their own.',
    },
    wrongDays: {
      kind: 'guard',
      title: 'bags with a day that is not of the house’s calendar, for a house in Kathmandu',
      must: exactly(0),
      lookAt:
        'withHouseCalendar must record each bake with dayIn of the time zone of runtimeProfile, whatever that is.',
    },
    features: { kind: 'shown', title: 'the features that differ' },
    system: { kind: 'shown', title: 'operating system of the function' },
    image: { kind: 'shown', title: 'operating system of the image of functions/Dockerfile' },
  },
  needs: ['loopback'],
  async *observe(snapshot) {
    const lambda = new LambdaClient(snapshot.clients);
    const dynamoDb = new DynamoDBClient(snapshot.clients);
    // It needs the source alone, and takes the longest.
    const change = changeRuntimeProfile(snapshot);
    change.catch(() => {});
    try {
      const deployed = await deployedFunction(lambda, snapshot);
      const reach = reachVariables(snapshot.clients);
      snapshot.report('baking the same orders there and on a laptop');
      // The laptop has its own settings, whatever the function is told: what is left to differ is the code's own.
      const laptop = { ...deployed.variables, ...reach, ...foreignLaptop() };
      const verdicts = await compareBakes(snapshot, { lambda, dynamoDb, deployed, laptop });
      yield {
        lambdasOwn: isLambdasOwn(deployed.variables),
        verdicts: verdicts.filter(([one, other]) => one !== other).length,
        baked: verdicts.filter(([one, other]) => one !== undefined && other !== undefined).length,
      };
      snapshot.report('taking fingerprints');
      const local = { ...foreignLaptop(), ...deployed.variables, ...reach };
      const [there, here] = await Promise.all([
        fingerprintThere(lambda, deployed, snapshot.signal),
        fingerprintHere(local, snapshot.signal),
      ]);
      const features = differences(there, here);
      yield { fingerprint: features.length, features: features.join(', ') || 'none', system: there.system };
      snapshot.report('changing runtime.json');
      yield { ...(await change), image: await compareWithImage(there, snapshot) };
    } finally {
      await Promise.allSettled([change]);
      lambda.destroy();
      dynamoDb.destroy();
    }
  },
});

interface DeployedFunction {
  readonly name: string;
  readonly role: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly runtime: 'nodejs24.x';
  readonly architectures: ('x86_64' | 'arm64')[];
}

async function deployedFunction(lambda: LambdaClient, snapshot: SnapshotUnderTest): Promise<DeployedFunction> {
  const FunctionName = snapshot.outputs()['BakingFunction'];
  const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return {
    name: FunctionName ?? '',
    role: found.Role ?? '',
    variables: found.Environment?.Variables ?? {},
    runtime: 'nodejs24.x',
    architectures: found.Architectures ?? ['x86_64'],
  };
}

/** Lambda Developer Guide, "Defined runtime environment variables". */
const isLambdasOwn = ({ LANG = 'en_US.UTF-8', TZ = 'UTC' }: Readonly<Record<string, string>>): boolean =>
  LANG === 'en_US.UTF-8' && ['UTC', ':UTC'].includes(TZ);

/** From a process on the local machine. */
const fingerprintHere = (environment: Readonly<Record<string, string>>, signal: AbortSignal) =>
  callHandler(join(import.meta.dirname, 'fingerprint.ts'), {}, { environment, signal }) as Promise<Fingerprint>;

/** From a function of its own, configured like the deployed one. */
async function fingerprintThere(
  lambda: LambdaClient,
  { role, variables, runtime, architectures }: DeployedFunction,
  abortSignal: AbortSignal,
): Promise<Fingerprint> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'fingerprint.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const FunctionName = `fingerprint-${randomUUID()}`;
  const ZipFile = zipSync({ 'index.mjs': strToU8(outputFiles[0]?.text ?? '') });
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: role,
      Runtime: runtime,
      Architectures: architectures,
      Handler: 'index.handler',
      Code: { ZipFile },
      Environment: { Variables: variables },
    }),
  );
  try {
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, abortSignal }, { FunctionName });
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
    return JSON.parse(Payload?.transformToString() ?? '{}') as Fingerprint;
  } finally {
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  }
}

interface Kitchens {
  readonly lambda: LambdaClient;
  readonly dynamoDb: DynamoDBClient;
  readonly deployed: DeployedFunction;
  readonly laptop: Readonly<Record<string, string>>;
}

/** The bake-by dates of the same orders, baked by the function and on the laptop. */
async function compareBakes(
  snapshot: SnapshotUnderTest,
  { lambda, dynamoDb, deployed, laptop }: Kitchens,
): Promise<(readonly [string | undefined, string | undefined])[]> {
  const table = snapshot.outputs()['OrderTable'] ?? '';
  const root = snapshot.roots.find(({ name }) => name === 'baking');
  const there = await received(dynamoDb, table);
  const here = await received(dynamoDb, table);
  await lambda.send(new InvokeCommand({ FunctionName: deployed.name, Payload: JSON.stringify(batchOf(there)) }));
  const file = join(snapshot.repository, root?.file ?? '');
  await callHandler(file, batchOf(here), { environment: laptop, signal: snapshot.signal });
  const bakeBy = (orders: readonly Ticket[]) => Promise.all(orders.map((order) => bakeByDate(dynamoDb, table, order)));
  const [dates, others] = [await bakeBy(there), await bakeBy(here)];
  return dates.map((date, index) => [date, others[index]] as const);
}

interface Ticket {
  readonly orderId: string;
  readonly placedAt: string;
  readonly items: readonly (typeof items)[number][];
}

/** Orders that were received and are on no queue, so that no other process bakes them. */
async function received(dynamoDb: DynamoDBClient, table: string): Promise<Ticket[]> {
  const placedAt = new Date().toISOString();
  const tickets = items.map((item) => ({ orderId: randomUUID(), placedAt, items: [item] }));
  await dynamoDb.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [table]: tickets.map((ticket) => ({
          PutRequest: { Item: marshall({ ...ticket, status: 'RECEIVED', customer: 'parity' }) },
        })),
      },
    }),
  );
  return tickets;
}

const batchOf = (tickets: readonly Ticket[]) => ({
  Records: tickets.map((ticket) => ({
    messageId: ticket.orderId,
    receiptHandle: ticket.orderId,
    body: JSON.stringify(ticket),
    attributes: {},
    messageAttributes: {},
    eventSource: 'aws:sqs',
  })),
});

async function bakeByDate(client: DynamoDBClient, TableName: string, { orderId }: Ticket): Promise<string | undefined> {
  const command = new GetItemCommand({ TableName, Key: { orderId: { S: orderId } }, ConsistentRead: true });
  const { Item } = await client.send(command);
  return Item?.['bestBefore']?.S;
}
