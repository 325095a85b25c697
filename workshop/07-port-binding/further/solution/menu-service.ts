import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type DeployedFunctionProps, FactoryFunction } from '../../../../infra/constructs/factory-function.ts';
import type { RecipeBook } from '../../../../infra/constructs/recipe-book.ts';

export interface MenuServiceProps extends DeployedFunctionProps {
  readonly recipeBook: RecipeBook;
}

/** The recipes, for whoever only looks. */
export class MenuService extends FactoryFunction {
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, props: MenuServiceProps) {
    super(scope, id, { ...props, service: 'menu', description: 'Shows the recipes' });
    props.recipeBook.bindOrdering(this);
    this.url = this.addPublicUrl();
  }
}
