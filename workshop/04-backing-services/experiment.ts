import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Recipe } from '../../functions/domain/recipe.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { experiment } from '../experiment/experiment.ts';
import { readRecipes } from '../experiment/read-recipes.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import { until } from '../experiment/until.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import { kitchenMinute } from './fast-clock.ts';
import { openOtherBook } from './other-book.ts';
import { sourceShelf } from './source-shelf.ts';
import { Taster } from './taster.ts';

/** The other book differs from the house's in every price, so that an order shows which one it was baked from. */
const dearerCents = 10;
const recipeName = 'chocolate-chip';
/** Orders that are placed when the kitchen's own book was edited a moment ago. */
const atOnce = 2;
/** Less than a kitchen may remember the book, in milliseconds: what took longer says nothing of its memory. */
const freshMs = 20_000;

/** Factor 4: another recipe book for the same kitchen, and then an edit in it. */
export const proof = experiment({
  question: 'What does it take to give the kitchen another recipe book, and to change a recipe in it?',
  headline: 'Deploys to bake from another book and to edit it: {deploys.before}, and now {deploys.after}.',
  observables: {
    attached: {
      kind: 'gate',
      title: 'orders are priced from the book that the environment names',
      must: yes,
      lookAt:
        'Only RECIPE_BOOK_PARAMETER was changed, and the prices stayed. Is a name or a book written in the code, or is the variable never read?',
    },
    staleRecipes: {
      kind: 'gate',
      title: 'recipes at GET /recipes that are not from that book',
      must: exactly(0),
      lookAt: 'GET /recipes and pricing use different books: orderingRoutes takes a recipeBook, too.',
    },
    linesToAttach: {
      kind: 'gate',
      title: 'source lines to change to attach another recipe book',
      must: exactly(0),
      lookAt: 'Some file that ordering.ts reaches still says what a cookie costs.',
    },
    deploys: {
      kind: 'gate',
      title: 'deploys needed to attach it and to edit a recipe',
      must: exactly(0),
      lookAt: 'The book is still a part of the code, so that a change of it is a deploy.',
    },
    sameAsset: {
      kind: 'gate',
      title: 'the same code runs with either book: same asset hash',
      must: yes,
      lookAt: 'Another book was another bundle: the recipes are still compiled in.',
    },
    faultyRefused: {
      kind: 'gate',
      title: 'a book in which a cookie costs nothing is refused',
      must: yes,
      lookAt: 'The kitchen baked from a book with a fault in it. readRecipes checks a book as a whole.',
    },
    followed: {
      kind: 'guard',
      title: 'orders are priced from the other book in the end',
      must: yes,
      lookAt:
        'Neither the variable RECIPE_BOOK_PARAMETER nor the source decides which book is used. Is the name of the parameter in the code?',
    },
    edited: {
      kind: 'guard',
      title: 'orders are priced from the edited recipe in the end',
      must: yes,
      lookAt:
        'The book was edited, and a minute later by its own clock the kitchen had not noticed. Is the book fetched again after thirty seconds? A timer is no clock: Lambda freezes it.',
    },
    remembered: {
      kind: 'guard',
      timed: 'if missing',
      title: `orders of ${atOnce} right after an edit that are priced from the book in mind`,
      must: atLeast(1),
      lookAt:
        'Each order fetched the book anew. Remember what was read, and when, outside of the handler: Parameter Store answers 40 requests a second, whoever asks.',
    },
    accepted: {
      kind: 'guard',
      title: 'orders baked meanwhile',
      must: atLeast(3),
      lookAt:
        'The kitchen answered an order with an error, or not at all: the log of the function says why. May its role read the parameter?',
    },
  },
  async *observe(snapshot) {
    const { repository, signal, report } = snapshot;
    const { OrderingUrl: url = '', OrderingFunction: FunctionName } = snapshot.outputs();
    const lambda = new LambdaClient(snapshot.clients);
    const copy = await createWorkingCopy(repository);
    const { files } = await reachableFrom(
      snapshot.roots.map(({ file }) => file),
      repository,
    );
    const [shelf, other] = [sourceShelf(snapshot, copy, files), await openOtherBook(snapshot)];
    const taster = new Taster(url, recipeName, signal);
    const codeThatRuns = async () =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).CodeSha256;
    const isPriced = async (priceCents: number) => ((await taster.price()) === priceCents ? true : undefined);
    // Whatever is ordered when a kitchen's minute is over has to show it, however slow the machine is.
    const inTheEnd = async (priceCents: number, openedAt: number) => {
      const within = kitchenMinute(performance.now() - openedAt);
      const look = () => isPriced(priceCents);
      return (await until(look, { within, every: 100, signal })) ?? (await look()) ?? false;
    };

    /** Orders that an edit of the kitchen's own book did not change. It shows in a count whether the book is fetched for each. */
    const rememberedOf = async (usual: number) => {
      const editedAt = performance.now();
      const prices: (number | undefined)[] = [];
      await other.whileHouseIs(dearer, async () => {
        while (prices.length < atOnce) {
          prices.push(await taster.price());
        }
      });
      const remembered = prices.filter((price) => price === usual).length;
      return remembered > 0 || performance.now() - editedAt < freshMs ? remembered : undefined;
    };

    try {
      // Before the kitchen is given much time for a request: what never answers is found here.
      const usual = await taster.price();
      if (usual === undefined) {
        yield { accepted: 0 };
        return;
      }
      const book = (await readRecipes(url, signal)).map(dearer);
      const recipe = book.find(({ name }) => name === recipeName);
      if (!recipe) {
        throw new Error(`There is no ${recipeName} in the book.`);
      }
      const linesToAttach = await shelf.linesFor(book);
      yield { linesToAttach };

      yield { remembered: await rememberedOf(usual) };

      report('attaching another recipe book');
      const code = await codeThatRuns();
      await other.attach(book);
      const openedAt = performance.now();
      // New configuration starts new environments, so the first order tells. It opens the kitchen that all others meet.
      const isAttached = (await taster.price()) === recipe.priceCents;
      const shown = await readRecipes(url, signal);
      yield { attached: isAttached, staleRecipes: differing(shown, book) };

      // A kitchen that goes on with its own book gets the other one into its source.
      const isInSource = !isAttached && (await shelf.write(book)) > 0;
      yield { followed: isAttached || (isInSource && (await taster.price()) === recipe.priceCents) };
      const sameAsset = (await codeThatRuns()) === code;

      report('editing one recipe');
      await (isInSource ? shelf.write([dearer(recipe)]) : other.edit(dearer(recipe)));
      const edited = await inTheEnd(dearer(recipe).priceCents, openedAt);
      yield {
        deploys: isInSource ? 2 : 0,
        sameAsset,
        edited,
      };

      report('attaching a book with a fault in it');
      if (isAttached) {
        await other.attach(book.map((one) => ({ ...one, priceCents: 0 })));
      }
      yield { faultyRefused: isAttached && (await taster.price()) === undefined, accepted: taster.baked };
    } finally {
      try {
        await other.putBack();
        await shelf.putBack();
      } finally {
        await copy.close();
        lambda.destroy();
      }
    }
  },
});

const dearer = (recipe: Recipe): Recipe => ({ ...recipe, priceCents: recipe.priceCents + dearerCents });

/** Recipes that do not cost what they cost in a book. */
function differing(shown: readonly Recipe[], book: readonly Recipe[]): number {
  const prices = new Map(book.map(({ name, priceCents }) => [name, priceCents]));
  return shown.filter(({ name, priceCents }) => prices.get(name) !== priceCents).length;
}
