import { readFileSync } from 'node:fs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { recipeBookLimits } from '../../functions/adapters/contract.ts';
import { bakingEnv } from '../../functions/baking/contract.ts';
import { orderingEnv } from '../../functions/ordering/contract.ts';
import type { AttachableFunction } from './attachable-function.ts';

export interface RecipeBookProps {
  /** JSON file with the recipes to open the book with. */
  readonly recipes: string;
}

/** Thrown at synthesis, because CloudFormation would only find out in the middle of a deploy. */
export class RecipeBookTooLong extends Error {
  override readonly name = 'RecipeBookTooLong';

  constructor(file: string, bytes: number) {
    super(`${file} is ${bytes} bytes long without its spaces, and an SSM parameter holds ${recipeBookLimits.bytes}`);
  }
}

/**
 * The recipe book, a backing service that a deploy is attached to: a parameter of SSM that holds a JSON list of recipes.
 *
 * CloudFormation writes it, so that one deploy is all it takes, on every endpoint. A later deploy leaves a book that was
 * edited by hand alone, unless the recipes here were changed as well.
 *
 * Every execution environment reads it twice a minute. By default SSM answers 40 such calls a second in an account and
 * region; where more environments than that start at once, raise its throughput ("Increasing Parameter Store throughput").
 */
export class RecipeBook extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string, props: RecipeBookProps) {
    super(scope, id);
    const book = JSON.stringify(JSON.parse(readFileSync(props.recipes, 'utf8')));
    const bytes = Buffer.byteLength(book);
    if (bytes > recipeBookLimits.bytes) {
      throw new RecipeBookTooLong(props.recipes, bytes);
    }
    this.parameter = new StringParameter(this, 'Parameter', {
      description: 'The recipes that the factory bakes by',
      stringValue: book,
    });
  }

  /** Lets ordering look up what a cookie costs and show the whole book. */
  bindOrdering(ordering: AttachableFunction): void {
    this.#attach(ordering, orderingEnv.recipeBookParameter);
  }

  /** Lets baking look up how a cookie is made. */
  bindBaking(baking: AttachableFunction): void {
    this.#attach(baking, bakingEnv.recipeBookParameter);
  }

  #attach(reader: AttachableFunction, variable: string): void {
    reader.attach({
      variable,
      location: this.parameter.parameterName,
      actions: ['ssm:GetParameter'],
      resourceArns: [this.parameter.parameterArn],
    });
  }
}
