import type { Recipe } from '../../functions/domain/recipe.ts';

/** What a change of the recipes took. */
export interface Cost {
  /** Lines of source that were changed. */
  readonly lines: number;
  readonly deploys: number;
}

/** Where a kitchen's recipes are, as a person meets it who is to change them. The kitchen may need a moment to notice. */
export interface Shelf {
  /** Has the kitchen bake from another book. */
  attach(book: readonly Recipe[]): Promise<Cost>;
  /** Changes one recipe of the book that is attached. */
  edit(recipe: Recipe): Promise<Cost>;
  /** Has the kitchen bake from its own book again, and leaves nothing behind. */
  putBack(): Promise<void>;
}
