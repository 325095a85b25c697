import type { Construct } from 'constructs';
import { Factor12 } from './12-admin-processes.ts';

/** Where the stages find what is theirs to deploy. */
export interface StagesProps {
  /** Folder with a bundle a function, `<function>/index.mjs`. @default - `dist`, where `npm run bundle` puts them */
  readonly bundles?: string;
  /** JSON file with the recipes of the house. @default - `functions/stocking/house-recipes.json` */
  readonly recipes?: string;
}

/** The snapshots that can be deployed, each by itself, by the name of its stage. */
const stages = { Factor12 };

/** Adds every stage to an app. */
export function addStages(app: Construct, props: StagesProps = {}): void {
  for (const [name, Factor] of Object.entries(stages)) {
    new Factor(app, name, props);
  }
}
