import { validationError } from '../errors.ts';

/**
 * How large a template may be. Source: CloudFormation User Guide, "Understand CloudFormation quotas"; sizes are in bytes.
 */
export const templateLimits = {
  /** Of a template in a request. */
  body: 51_200,
  /** Of a template in S3, and of any text that its functions make. */
  object: 1_048_576,
  resources: 500,
  parameters: 200,
  parameterValue: 4096,
  outputs: 200,
  mappings: 200,
  mappingAttributes: 200,
  description: 1024,
  /** Of all values together that the functions of a template make, each time a stack is worked out. AWS names no figure. */
  resolved: 16 * 1_048_576,
};

/** @throws ValidationError past 51,200 bytes */
export function assertBodySize(text: string): void {
  if (Buffer.byteLength(text) <= templateLimits.body) {
    return;
  }
  throw validationError(
    `1 validation error detected: Value '${text.slice(0, 100)}...' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${templateLimits.body}`,
  );
}

/** @throws ValidationError past 1 MB */
export function assertObjectSize({ length }: Uint8Array): void {
  if (length <= templateLimits.object) {
    return;
  }
  throw validationError(`Template may not exceed ${templateLimits.object} bytes in size.`);
}

/** @throws ValidationError where a section, such as `resources`, has more members than it may */
export function assertCount(what: 'resources' | 'parameters' | 'outputs' | 'mappings', count: number): void {
  if (count <= templateLimits[what]) {
    return;
  }
  throw validationError(
    `Template format error: Number of ${what}, ${count}, is greater than maximum allowed, ${templateLimits[what]}`,
  );
}
