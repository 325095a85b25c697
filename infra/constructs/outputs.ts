import { CfnOutput, type Stack } from 'aws-cdk-lib/core';

/** Says what a stack deployed, by name. */
export function addOutputs(stack: Stack, outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    new CfnOutput(stack, name, { value });
  }
}
