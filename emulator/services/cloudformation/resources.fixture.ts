import { type Call, internalCall, type Region } from '../../wire/operation.ts';
import { createCloudFormation } from './cloudformation.ts';
import type { CloudFormationDeps } from './engine.ts';
import type { Properties, ResourceProvider } from './provider.ts';

/** For tests: resources of any type `Test::*`, kept in memory, with a log of what was asked of their provider. */
export class TestResources {
  /** Properties of what exists, by physical id. */
  readonly existing = new Map<string, Properties>();
  /** `create A`, `update A`, `delete A`, in the order in which they were begun; then `created A` and so on. */
  readonly log: string[] = [];
  /** Entries of the log that fail, such as `create A`. */
  readonly failing = new Set<string>();
  /** The same, for entries that succeed when they are repeated. */
  readonly failingOnce = new Set<string>();
  /** Waited for before anything is done; set it to hold a deployment up. */
  gate: Promise<unknown> = Promise.resolve();

  readonly provider: ResourceProvider;

  constructor(type = 'Test::*') {
    this.provider = {
      type,
      properties: { Name: 'replacement', Kind: 'replacement', '*': 'in place' },
      nameProperty: 'Name',
      create: async (properties, { logicalId, physicalName }) => {
        const physicalId = String(properties['Name'] ?? physicalName(64));
        await this.#do(`create ${logicalId}`, () => {
          if (this.existing.has(physicalId)) {
            throw new Error(`${physicalId} already exists`);
          }
          this.existing.set(physicalId, properties);
        });
        return { physicalId, attributes: attributesOf(physicalId, properties) };
      },
      update: async ({ physicalId }, properties, _previous, { logicalId }) => {
        await this.#do(`update ${logicalId}`, () => this.existing.set(physicalId, properties));
        return { physicalId, attributes: attributesOf(physicalId, properties) };
      },
      identifier: 'Name',
      find: async (name) => {
        const properties = this.existing.get(name);
        return properties && { physicalId: name, attributes: attributesOf(name, properties) };
      },
      delete: async ({ physicalId }, _properties, { logicalId }) => {
        await this.#do(`delete ${logicalId}`, () => this.existing.delete(physicalId));
      },
    };
  }

  /** What was begun, without the matching ends. */
  get begun(): string[] {
    return this.log.filter((entry) => /^(create|update|delete) /.test(entry));
  }

  async #do(entry: string, work: () => void): Promise<void> {
    this.log.push(entry);
    await this.gate;
    // Lets others that may run at the same time begin.
    await new Promise(setImmediate);
    if (this.failing.has(entry) || this.failingOnce.delete(entry)) {
      throw new Error(`${entry} was told to fail`);
    }
    work();
    this.log.push(entry.replace('e ', 'ed '));
  }
}

const attributesOf = (physicalId: string, properties: Properties) => ({
  Arn: `arn:aws:test:::${physicalId}`,
  'Nested.Size': properties['Size'] ?? 0,
  RegionalDomainName: `${physicalId}.test`,
});

export const region: Region = { accountId: '123456789012', name: 'eu-north-1', endpoint: 'http://127.0.0.1:4566' };

/** CloudFormation over test resources, and shorthands for what nearly every test does. */
export function createTestStacks(resources = new TestResources(), deps: Partial<CloudFormationDeps> = {}) {
  const cloudFormation = createCloudFormation(region, {
    providers: [resources.provider],
    getObject: async () => {
      throw new Error('The specified key does not exist.');
    },
    getParameter: () => undefined,
    ...deps,
  });
  const { operations } = cloudFormation;
  const call: Call = internalCall();
  const describe = async (StackName: string) => {
    const { Stacks: [stack] = [] } = await operations.DescribeStacks({ StackName }, call);
    if (!stack) {
      throw new Error(`${StackName} is not described`);
    }
    return stack;
  };
  return {
    ...cloudFormation,
    resources,

    describe,
    create: async (template: object, StackName = 'Bakery', more: object = {}) => {
      const input = { StackName, TemplateBody: JSON.stringify(template), ...more };
      const { StackId = '' } = await operations.CreateStack(input);
      return describe(StackId);
    },
    update: async (template: object, StackName = 'Bakery', more: object = {}) => {
      const input = { StackName, TemplateBody: JSON.stringify(template), ...more };
      const { StackId = '' } = await operations.UpdateStack(input);
      return describe(StackId);
    },
    remove: async (StackName = 'Bakery') => {
      const { StackId = '' } = await describe(StackName);
      operations.DeleteStack({ StackName });
      return describe(StackId);
    },
    /** `A CREATE_COMPLETE`, oldest first. */
    events: (StackName = 'Bakery') => {
      const { StackEvents = [] } = operations.DescribeStackEvents({ StackName });
      return StackEvents.map(
        ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
      ).reverse();
    },
  };
}

/** A template of resources by logical id: `{ A: { Size: 1 } }`. */
export function templateOf(resources: Readonly<Record<string, object>>, more: object = {}): object {
  const members = Object.entries(resources).map(([id, properties]) => [
    id,
    { Type: 'Test::Box', Properties: properties },
  ]);
  return { Resources: Object.fromEntries(members), ...more };
}

/** A needs nothing, B and C need A, D needs both: creation has three steps, the middle one in parallel. */
export const diamond = (size = 1, more: object = {}) =>
  templateOf(
    {
      A: { Size: size },
      B: { Of: { Ref: 'A' }, Size: size },
      C: { Of: { 'Fn::GetAtt': ['A', 'Arn'] }, Size: size },
      D: { Of: [{ Ref: 'B' }, { Ref: 'C' }], Size: size },
    },
    more,
  );
