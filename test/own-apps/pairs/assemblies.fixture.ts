import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Version } from './pair.fixture.ts';
import { pairs } from './pairs.fixture.ts';

/** What is deployed, one after the other: `broken` goes back to the first version, and then fails, so that the second must come back. */
export const assemblies = { first: 1, second: 2, broken: 1 } as const satisfies Readonly<Record<string, Version>>;

export type Assembly = keyof typeof assemblies;

/** Makes the CDK app of all pairs, once for each assembly, below a directory. */
export function writeAssemblies(directory: string): void {
  for (const [assembly, version] of Object.entries(assemblies)) {
    const app = new App({ outdir: join(directory, assembly), analyticsReporting: false });
    for (const { name, build } of pairs) {
      const stack = new Stack(app, name);
      const outputs = build(stack, version);
      if (assembly === 'broken') {
        addPoison(stack);
      }
      // A construct of its own, as outputs may have the names of constructs.
      const scope = new Construct(stack, 'Outputs');
      for (const [output, value] of Object.entries(outputs)) {
        new CfnOutput(scope, output, { value }).overrideLogicalId(output);
      }
    }
    app.synth();
  }
}

/** A resource that comes last, and that AWS refuses. */
function addPoison(stack: Stack): void {
  const others = stack.node.children;
  const poison = new CfnParameter(stack, 'Poison', { type: 'String', value: 'poison', allowedPattern: '^bread$' });
  poison.node.addDependency(...others);
}
