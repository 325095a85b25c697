import { partition } from '@aws-sdk/core/client';
import { AwsError } from './wire/operation.ts';

/** Names in the SDK's list that stand for all regions of a partition, and that no service of the endpoint is in. */
const pseudoRegion = /-global$/;

/**
 * Whether a region of this name exists in the partition `aws`, which every ARN of the endpoint says. The list is the one
 * by which the SDK resolves its endpoints. Only a region of the list has a description.
 */
export function isRegion(name: string): boolean {
  const found = partition(name);
  return found.name === 'aws' && 'description' in found && !pseudoRegion.test(name);
}

/** As much of a name as is shown: a request may carry kilobytes of it. */
const shownLength = 64;

/**
 * What AWS answers a request whose credential scope names another region than the one it arrived in, which a region that
 * does not exist always does. Source: AWS General Reference, "Troubleshoot Signature Version 4 signed requests".
 */
export function unknownRegion(name: string): AwsError {
  const told = name.length > shownLength ? `${name.slice(0, shownLength)}...` : name;
  return new AwsError(
    'InvalidSignatureException',
    `Credential should be scoped to a valid region, not '${told.replace(/[^ -~]/g, '?')}'.`,
    403,
    'SignatureDoesNotMatch',
  );
}
