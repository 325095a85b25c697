import type { StackProps } from 'aws-cdk-lib/core';

/** What a snapshot of the factory is deployed from. */
export interface FactoryProps extends StackProps {
  /** Folder of all bundles: `<function>` those of the finished factory, `NN/<function>` those of a snapshot. */
  readonly bundles: string;
  /** JSON file with the recipes of the house. */
  readonly recipes: string;
}
