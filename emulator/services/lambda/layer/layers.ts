import { arn, type Region } from '../../../wire/operation.ts';
import { invalidParameter, notFound } from '../errors.ts';
import type { CodePackage } from '../function/code.ts';
import type { UsedLayer } from '../function/configuration.ts';
import type { ResourcePolicy } from '../function/resource-policy.ts';

/** A version of a layer, which never changes. */
export interface LayerVersion {
  readonly arn: string;
  readonly version: number;
  readonly created: Date;
  readonly description: string;
  readonly content: CodePackage;
  readonly runtimes: readonly string[];
  readonly architectures: readonly string[];
  readonly licenseInfo: string | undefined;
  policy: ResourcePolicy;
}

interface Layer {
  readonly name: string;
  readonly versions: Map<number, LayerVersion>;
  last: number;
}

/** Source: "Lambda quotas". */
const mostOfFunction = 5;

/**
 * The layers of a region. What a version holds stays on disk until the service is closed: functions may use a version that was
 * deleted, as on AWS.
 */
export class Layers {
  readonly #region: Region;
  readonly #layers = new Map<string, Layer>();
  /** Deleted ones included. */
  readonly #byArn = new Map<string, LayerVersion>();
  readonly #noted = new Set<string>();

  constructor(region: Region) {
    this.#region = region;
  }

  arnOf(name: string): string {
    return arn(this.#region, 'lambda', `layer:${name}`);
  }

  all(): Layer[] {
    return [...this.#layers.values()].filter(({ versions }) => versions.size > 0);
  }

  /** A layer by its name or ARN. */
  find(nameOrArn = ''): Layer | undefined {
    return this.#layers.get(nameOrArn.split(':layer:').at(-1) ?? '');
  }

  /** @throws ResourceNotFoundException */
  version(nameOrArn = '', number = 0): LayerVersion {
    const version = this.find(nameOrArn)?.versions.get(number);
    if (!version) {
      throw notFound('The resource you requested does not exist.');
    }
    return version;
  }

  add(name: string, version: Omit<LayerVersion, 'arn' | 'created' | 'policy' | 'version'>): LayerVersion {
    const layer = this.#layers.get(name) ?? { name, versions: new Map(), last: 0 };
    this.#layers.set(name, layer);
    layer.last++;
    const added: LayerVersion = {
      ...version,
      arn: `${this.arnOf(name)}:${layer.last}`,
      version: layer.last,
      created: new Date(),
      policy: { statements: new Map(), revisionId: '' },
    };
    layer.versions.set(added.version, added);
    this.#byArn.set(added.arn, added);
    return added;
  }

  /**
   * The layers of a function. One of another account is taken, and a line on stderr says that it is empty here.
   * @throws InvalidParameterValueException where one of this account is not there
   */
  ofFunction(arns: readonly string[]): UsedLayer[] {
    if (arns.length > mostOfFunction) {
      throw invalidParameter(`Layers consists of more than ${mostOfFunction} layers.`);
    }
    return arns.map((one) => {
      const version = this.#byArn.get(one);
      if (version) {
        return version;
      }
      if (!this.#isOfAnother(one)) {
        throw invalidParameter(`Layer version ${one} does not exist.`);
      }
      this.#note(one);
      return { arn: one, content: undefined };
    });
  }

  #isOfAnother(layerVersion: string): boolean {
    const [, , service, , account, kind, , version] = layerVersion.split(':');
    const isLayer = service === 'lambda' && kind === 'layer' && version !== undefined;
    return isLayer && account !== this.#region.accountId;
  }

  #note(layerVersion: string): void {
    if (!this.#noted.has(layerVersion)) {
      this.#noted.add(layerVersion);
      console.error(`lambda: the layer ${layerVersion} is another account's. Functions run without what it holds.`);
    }
  }
}
