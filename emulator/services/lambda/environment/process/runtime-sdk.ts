import { readFileSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';

/**
 * What there is of the AWS SDK for JavaScript in the runtime: the clients of the services that are served, which the endpoint
 * itself is built on, and DynamoDB's document client. Lambda has those of every service ("Building Lambda functions with
 * Node.js", SDK versions); a client of another service has nothing to call here.
 */
const packages = [
  '@aws-sdk/client-api-gateway',
  '@aws-sdk/client-apigatewayv2',
  '@aws-sdk/client-cloudformation',
  '@aws-sdk/client-cloudwatch-logs',
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-dynamodb-streams',
  '@aws-sdk/client-eventbridge',
  '@aws-sdk/client-iam',
  '@aws-sdk/client-lambda',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-secrets-manager',
  '@aws-sdk/client-sfn',
  '@aws-sdk/client-sns',
  '@aws-sdk/client-sqs',
  '@aws-sdk/client-ssm',
  '@aws-sdk/client-sts',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
];

let directories: readonly string[] | undefined;

/** The directories of these packages and of all that they depend on, where a function may read. Looked up once. */
export function sdkDirectories(): readonly string[] {
  directories ??= [...closureOf(packages)];
  return directories;
}

function closureOf(names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const manifest = manifestOf(name, from);
    const directory = manifest && dirname(manifest);
    if (!manifest || !directory || found.has(directory)) {
      return;
    }
    found.add(directory);
    // Some installers keep a package elsewhere, with a link to it.
    found.add(realpathSync.native(directory));
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object };
    for (const dependency of Object.keys(dependencies)) {
      visit(dependency, manifest);
    }
  };
  for (const name of names) {
    visit(name, import.meta.filename);
  }
  return found;
}

/** Undefined for what is not installed: a function that asks for it gets an error. */
function manifestOf(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, from);
  } catch {
    return undefined;
  }
}
