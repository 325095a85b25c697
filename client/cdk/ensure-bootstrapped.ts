import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { UserError } from '../../terminal/command-line.ts';
import { environmentFor } from '../endpoint/aws-environment.ts';
import { clientConfiguration } from '../endpoint/client-configuration.ts';
import { runCdk } from './cdk-cli.ts';

/** Where the bootstrap stack says which version it is (AWS CDK Developer Guide, "Bootstrap template versioning"). */
const version = '/cdk-bootstrap/hnb659fds/version';

export interface BootstrapOptions {
  /** What the CDK CLI gets to know of the app: which one it is, and how to build it. */
  readonly app: readonly string[];
  readonly signal?: AbortSignal;
}

/** Bootstraps an endpoint that is not bootstrapped: LocalStack and MiniStack start as an empty account. @throws UserError */
export async function ensureBootstrapped(endpoint: string, { app, signal }: BootstrapOptions): Promise<void> {
  if (await isBootstrapped(endpoint)) {
    return;
  }
  const lines: string[] = [];
  const onLine = (line: string) => void lines.push(line);
  const environment = { ...environmentFor(endpoint), CI: 'true', NO_COLOR: '1' };
  const code = await runCdk(['bootstrap', ...app], { environment, onLine, ...(signal && { signal }) });
  signal?.throwIfAborted();
  if (code !== 0) {
    throw new UserError(`${endpoint} cannot be bootstrapped:\n${lines.slice(-5).join('\n')}`);
  }
}

async function isBootstrapped(endpoint: string): Promise<boolean> {
  const client = new SSMClient(clientConfiguration(endpoint));
  try {
    await client.send(new GetParameterCommand({ Name: version }));
    return true;
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      return false;
    }
    throw error;
  } finally {
    client.destroy();
  }
}
