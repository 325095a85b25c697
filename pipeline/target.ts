import { environmentFor, environmentForAws } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { servingEndpoint } from '../client/endpoint/endpoint.ts';

/** What an SDK client is made with to reach a target; of AWS itself it knows by its own means. */
export type ClientOptions = Partial<ReturnType<typeof clientConfiguration>>;

/** Where releases are deployed to. */
export interface Target {
  /** As a person knows it: an endpoint's URL, or `AWS`. */
  readonly name: string;
  readonly isAws: boolean;
  /** Whether it is an embedded AWS that can do without the CDK CLI, see `deploy-directly.ts`. */
  readonly isDirect: boolean;
  /** What the CDK CLI is run with. */
  readonly environment: NodeJS.ProcessEnv;
  readonly clients: ClientOptions;
}

/** The target at an endpoint of the workshop. */
export function targetAt(endpoint: string, { isDirect = false } = {}): Target {
  return {
    name: endpoint,
    isAws: false,
    isDirect,
    environment: environmentFor(endpoint),
    clients: clientConfiguration(endpoint),
  };
}

/**
 * AWS itself, with the credentials of the environment, where that is asked for by name; else the endpoint in
 * `AWS_ENDPOINT_URL`, or the one on the default port.
 * @throws UserError where nothing serves there
 */
export async function findTarget(aws: boolean): Promise<Target> {
  if (aws) {
    return { name: 'AWS', isAws: true, isDirect: false, environment: environmentForAws(), clients: {} };
  }
  return targetAt((await servingEndpoint()).url);
}
