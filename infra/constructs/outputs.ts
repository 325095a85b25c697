import { CfnOutput, type Stack } from 'aws-cdk-lib';

/** Says what a stack deployed, by name; what it does not have is left out. */
export function addOutputs(stack: Stack, outputs: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) {
      new CfnOutput(stack, name, { value });
    }
  }
}
