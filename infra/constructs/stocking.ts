import { readFileSync } from 'node:fs';
import { CustomResource, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type DeployedFunctionProps, FactoryFunction } from './factory-function.ts';
import type { RecipeBook } from './recipe-book.ts';

export interface StockingProps extends Omit<DeployedFunctionProps, 'release'> {
  readonly recipeBook: RecipeBook;
  /** JSON file with the recipes to put into the book. */
  readonly recipes: string;
}

/**
 * Fills the recipe book as part of the deploy: CloudFormation calls the function whenever the recipes have changed.
 *
 * The function answers CloudFormation itself, so that there is no provider framework with functions of its own. One
 * that does not answer fails the deploy after two minutes, instead of CloudFormation's hour. It has no releases: it is part
 * of deploying, and what it does is rolled back with the stack.
 */
export class Stocking extends FactoryFunction {
  constructor(scope: Construct, id: string, props: StockingProps) {
    super(scope, id, {
      ...props,
      service: 'stocking',
      description: 'Puts the house recipes into the recipe book when the stack is deployed',
      timeout: Duration.seconds(30),
    });
    props.recipeBook.bindStocking(this);
    const recipes: unknown = JSON.parse(readFileSync(props.recipes, 'utf8'));
    new CustomResource(this, 'HouseRecipes', {
      resourceType: 'Custom::HouseRecipes',
      serviceToken: this.function.functionArn,
      serviceTimeout: Duration.minutes(2),
      properties: { recipes },
    });
  }
}
