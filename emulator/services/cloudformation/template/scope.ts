import type { Region } from '../../../wire/operation.ts';
import { validationError } from '../errors.ts';
import type { Resource } from '../provider.ts';
import { knownAfterApply, type Scope } from './intrinsics.ts';
import { hiddenValue, type ParameterValues } from './parameters.ts';
import type { Template } from './template.ts';

/** What a scope needs to know of the world around a template. */
export interface Surroundings {
  readonly region: Region;
  readonly stackId: string;
  readonly stackName: string;
  readonly parameters: ParameterValues;
  readonly condition: (name: string) => boolean;
  readonly getParameter: (name: string) => string | undefined;
  /** A resource as it is; `'unknown'` where only the execution of a change set will tell. */
  readonly resource?: (logicalId: string) => Resource | 'unknown' | undefined;
  /** @default - texts are as they are */
  readonly addressesIn?: ((text: string) => string) | undefined;
  readonly importValue?: (exportName: string) => string;
  /** Shows `****` for parameters with `NoEcho`: for what is listed, never for what is deployed. */
  readonly masked?: boolean;
}

/** The meaning of names in a template, in its stack, at this moment. */
export function createScope(template: Template, around: Surroundings): Scope {
  const { region } = around;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': region.accountId,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': region.name,
    'AWS::StackId': around.stackId,
    'AWS::StackName': around.stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const resource = (logicalId: string): Resource | 'unknown' => {
    const found = template.resources.has(logicalId) ? around.resource?.(logicalId) : undefined;
    if (found) {
      return found;
    }
    const block = around.resource ? 'Resources block' : 'Conditions block';
    throw validationError(
      `Template format error: Unresolved resource dependencies [${logicalId}] in the ${block} of the template`,
    );
  };
  return {
    ref: (name) => {
      const parameter = around.parameters.get(name);
      if (parameter) {
        return around.masked && parameter.noEcho ? hiddenValue : parameter.value;
      }
      if (Object.hasOwn(pseudo, name)) {
        return pseudo[name];
      }
      const found = resource(name);
      return found === 'unknown' ? knownAfterApply : found.physicalId;
    },
    attribute: (logicalId, attribute) => {
      const found = resource(logicalId);
      if (found === 'unknown') {
        return knownAfterApply;
      }
      if (Object.hasOwn(found.attributes, attribute)) {
        return found.attributes[attribute];
      }
      throw validationError(
        `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
      );
    },
    condition: around.condition,
    addressesIn: (text) => around.addressesIn?.(text) ?? text,
    mapping: (name) => template.mappings.get(name),
    importValue: (name) => {
      if (around.importValue) {
        return around.importValue(name);
      }
      throw validationError('Template error: Fn::ImportValue cannot be used here.');
    },
    availabilityZones: (name) => ['a', 'b', 'c'].map((zone) => `${name || region.name}${zone}`),
    parameterStore: (name) => {
      const value = around.getParameter(name);
      if (value !== undefined) {
        return value;
      }
      throw validationError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
    },
  };
}
