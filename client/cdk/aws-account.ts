import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UserError } from '../../terminal/command-line.ts';

/** Whose credentials the user has at hand, and where they would be used. */
export interface AwsAccount {
  readonly id: string;
  /** The user or role. */
  readonly arn: string;
  readonly region: string;
}

/** Where the CDK CLI goes without other settings (AWS CDK Developer Guide, "Configure environments"). */
const defaultRegion = 'us-east-1';

/**
 * Asks AWS itself whose credentials these are.
 * @param profile - Of the shared configuration files. @default - the one in `AWS_PROFILE`
 * @throws UserError where there are none, or AWS does not know them
 */
export async function awsAccount(profile: string | undefined, environment: NodeJS.ProcessEnv): Promise<AwsAccount> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const region = AWS_REGION || AWS_DEFAULT_REGION;
  const options = { ...(profile && { profile }), ...(region && { region }) };
  const known = await new STSClient(options).config.region().catch(() => defaultRegion);
  // Named, so that no endpoint of the environment or of a profile is asked instead.
  const endpoint = `https://sts.${known}.amazonaws.com${known.startsWith('cn-') ? '.cn' : ''}`;
  const client = new STSClient({ ...options, region: known, endpoint, maxAttempts: 2 });
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { id: Account, arn: Arn, region: known };
  } catch (error) {
    const why = error instanceof Error ? error.message || error.name : String(error);
    throw new UserError(
      `AWS does not say whose credentials these are: ${why.replace(/\.$/, '')}. In a shell that was pointed at a local endpoint by npm run env, they are not yours: open another.`,
    );
  } finally {
    client.destroy();
  }
}
