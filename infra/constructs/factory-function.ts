import { Alias, CfnAlias, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AttachableFunction, type AttachableFunctionProps } from './attachable-function.ts';

export interface FactoryFunctionProps extends AttachableFunctionProps {
  /** The release that the function belongs to. */
  readonly release: string;
}

/** What a stack says of each of its functions; the rest is the function's own. */
export type DeployedFunctionProps = Pick<FactoryFunctionProps, 'bundle' | 'release' | 'processEnvironment'>;

/** The environment variable by which a process knows the release that it belongs to. */
const releaseVariable = 'RELEASE';

/** One function of the factory: each deploy publishes a version that is kept, and what runs is an alias. */
export class FactoryFunction extends AttachableFunction {
  readonly running: Alias;

  constructor(scope: Construct, id: string, props: FactoryFunctionProps) {
    super(scope, id, props);
    this.configure(releaseVariable, props.release);
    this.running = this.#runChosenVersion();
  }

  /**
   * Runs the version that the stack parameter `<construct>Version` names, and the one just published where it names none:
   * running and rolling back are updates of a parameter, and nothing is built or published for them. No output names a version:
   * it would change with the code, and the CDK CLI does not hotswap a stack whose outputs change.
   */
  #runChosenVersion(): Alias {
    // A Version is one, but for optional properties that its type does not spell out.
    const currentVersion = this.function.currentVersion as IVersion;
    const chosen = new CfnParameter(Stack.of(this), `${this.node.id}Version`, {
      description: `Version of ${this.node.id} that runs; empty for the one just published`,
      default: '',
    });
    const isChosen = new CfnCondition(this, 'VersionIsChosen', {
      expression: Fn.conditionNot(Fn.conditionEquals(chosen.valueAsString, '')),
    });
    const alias = new Alias(this, 'Live', { aliasName: 'live', version: currentVersion });
    const running = Fn.conditionIf(isChosen.logicalId, chosen.valueAsString, currentVersion.version).toString();
    const resource = alias.node.defaultChild;
    if (resource instanceof CfnAlias) {
      resource.functionVersion = running;
    }
    return alias;
  }
}
