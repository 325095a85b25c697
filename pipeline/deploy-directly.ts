import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describeStack, settledStack, withCloudFormation } from '../client/cloudformation/describe-stack.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { UserError } from '../terminal/command-line.ts';
import { capabilities, changesNothing } from './deployed-stack.ts';
import { zipFolder } from './zip-folder.ts';

/** What is to be uploaded, as `cdk synth` writes it down (CDK, "Cloud assembly schema"). */
interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/** A stack of an assembly, see `AssembledStack`. */
interface Stack {
  readonly name: string;
  readonly assetManifest: string;
}

interface DirectOptions {
  readonly endpoint: string;
  /** Values of stack parameters. Those that are not named have their default. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Deploys stacks of a ready assembly to the embedded AWS, as the CDK CLI would: uploads what their asset manifests name, and
 * creates or updates each by its uploaded template. The CLI takes three seconds of CPU to load and to ask, and a proof deploys
 * often.
 * @throws UserError with the resource and the reason, where a stack cannot be deployed
 */
export async function deployDirectly(
  stacks: readonly Stack[],
  { endpoint, parameters = {}, signal }: DirectOptions,
): Promise<void> {
  const configuration = clientConfiguration(endpoint);
  await withCloudFormation(configuration, async (client) => {
    const toolkit = await describeStack('CDKToolkit', client);
    const bucket = toolkit?.outputs['BucketName'];
    if (!bucket) {
      throw new UserError(`${endpoint} is not bootstrapped: there is no bucket for assets.`);
    }
    const templates = await upload(stacks, bucket, endpoint);
    signal.throwIfAborted();
    await Promise.all(
      stacks.map(({ name }, i) => deploy(name, { template: templates[i] ?? '', parameters, client, signal })),
    );
  });
}

/** Uploads the assets of stacks, each once, and returns where their templates are. */
async function upload(stacks: readonly Stack[], bucket: string, endpoint: string): Promise<string[]> {
  const s3 = new S3Client({ ...clientConfiguration(endpoint), forcePathStyle: true });
  const uploads = new Map<string, Promise<unknown>>();
  try {
    const templates = await Promise.all(
      stacks.map(async ({ name, assetManifest }) => {
        const { files } = JSON.parse(await readFile(assetManifest, 'utf8')) as AssetManifest;
        let template = '';
        for (const { source, destinations } of Object.values(files)) {
          const path = join(dirname(assetManifest), source.path);
          for (const { objectKey } of Object.values(destinations)) {
            template = path.endsWith('.template.json') ? `${endpoint}/${bucket}/${objectKey}` : template;
            if (!uploads.has(objectKey)) {
              const body = source.packaging === 'zip' ? zipFolder(path) : readFile(path);
              uploads.set(objectKey, put(objectKey, body));
            }
          }
        }
        if (!template) {
          throw new UserError(`${assetManifest} has no template of ${name}.`);
        }
        return template;
      }),
    );
    await Promise.all(uploads.values());
    return templates;
  } finally {
    s3.destroy();
  }

  async function put(Key: string, body: Promise<Uint8Array>): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: await body }));
  }
}

interface Deploying {
  /** URL of the template. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly client: CloudFormationClient;
  readonly signal: AbortSignal;
}

async function deploy(name: string, { template, parameters, client, signal }: Deploying): Promise<void> {
  const asked = {
    StackName: name,
    TemplateURL: template,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: capabilities,
  };
  const isThere = (await describeStack(name, client)) !== undefined;
  try {
    await client.send(isThere ? new UpdateStackCommand(asked) : new CreateStackCommand(asked));
  } catch (error) {
    if (changesNothing(error)) {
      return;
    }
    throw new UserError(`${name} cannot be deployed: ${error instanceof Error ? error.message : error}`);
  }
  const stack = await settledStack(name, client, { signal });
  if (stack?.status !== (isThere ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE')) {
    const why = (await failuresOf(stack?.id ?? name, client)).join('\n');
    throw new UserError(`${name} could not be deployed and is in ${stack?.status ?? 'no state'}:\n${why}`);
  }
}

/** What failed by itself, and not because something else had. */
async function failuresOf(stack: string, client: CloudFormationClient): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stack }));
  return StackEvents.filter(
    ({ ResourceStatus = '', ResourceStatusReason = '' }) =>
      ResourceStatus.endsWith('_FAILED') && !/cancelled/i.test(ResourceStatusReason),
  )
    .map((event) => `  ${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatusReason}`)
    .reverse();
}
