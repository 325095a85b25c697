import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { accepted, placeOrders } from '../../client/factory/order-client.ts';
import type { Recipe } from '../../functions/domain/recipe.ts';
import { reachableFrom } from '../diff/reachable.ts';
import { experiment } from '../experiment/experiment.ts';
import { readRecipes } from '../experiment/read-recipes.ts';
import { atLeast, exactly, yes } from '../experiment/requirement.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { until } from '../experiment/until.ts';
import { createWorkingCopy, type WorkingCopy } from '../experiment/working-copy.ts';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';
import { parameterShelf } from './parameter-shelf.ts';
import type { Shelf } from './shelf.ts';
import { sourceShelf } from './source-shelf.ts';

/** The other book differs from the house's in every price, so that an order shows which one it was baked from. */
const dearerCents = 10;
const recipeName = 'chocolate-chip';
/** Longer than a recipe that was read is used again. */
const noticedWithinMs = 60_000;
/** As many customers at once as there are ovens: then some order is baked in a kitchen that was not open before. */
const ovens = 4;
const cookieCount = 10;

/** Factor 4: another recipe book for the same kitchen, and then an edit in it. */
export const proof = experiment({
  question: 'What does it take to give the kitchen another recipe book, and to change a recipe in it?',
  observables: {
    linesToAttach: { kind: 'gate', title: 'source lines changed to attach another recipe book', must: exactly(0) },
    deploysToAttach: { kind: 'gate', title: 'deploys needed to attach it', must: exactly(0) },
    sameAsset: { kind: 'gate', title: 'the same code runs with either book: same asset hash', must: yes },
    deploysToEdit: { kind: 'gate', title: 'deploys needed to see an edit of one recipe work', must: exactly(0) },
    attached: { kind: 'guard', timed: true, title: 'orders are priced from the other book', must: yes },
    edited: { kind: 'guard', timed: true, title: 'orders are priced from the edited recipe', must: yes },
    accepted: { kind: 'guard', timed: true, title: 'orders baked meanwhile', must: atLeast(3) },
    linesToEdit: { kind: 'shown', title: 'source lines changed to edit one recipe' },
    secondsToAttach: {
      kind: 'shown',
      timed: true,
      title: 'time from another book to an order baked from it',
      unit: 's',
    },
    secondsToEdit: { kind: 'shown', timed: true, title: 'time from an edit to an order baked from it', unit: 's' },
  },
  async observe(snapshot) {
    const { OrderingUrl: url = '', OrderingFunction: FunctionName } = snapshot.outputs();
    const lambda = new LambdaClient(snapshot.clients);
    const copy = await createWorkingCopy(snapshot.repository);
    const shelf = await shelfOf(snapshot, copy);
    const whatRuns = async () => {
      const { CodeSha256 } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      return CodeSha256;
    };
    let baked = 0;

    /** Orders until one is priced like that; returns how long it took from a moment. */
    async function secondsUntilPriced(priceCents: number, customers: number, from: number) {
      const look = async () => {
        const { signal } = snapshot;
        const body = () => ({ customer: 'the taster', items: [{ recipe: recipeName, quantity: cookieCount }] });
        const orders = accepted(await placeOrders(url, customers, { concurrency: customers, body, signal }));
        baked += orders.length;
        const isSeen = orders.some(({ items }) => items[0]?.priceCents === priceCents);
        return isSeen ? (performance.now() - from) / 1000 : undefined;
      };
      return await until(look, { within: noticedWithinMs, every: 200, signal: snapshot.signal });
    }

    try {
      const book = (await readRecipes(url, snapshot.signal)).map(dearer);
      const recipe = book.find(({ name }) => name === recipeName);
      if (!recipe) {
        throw new Error(`There is no ${recipeName} in the book.`);
      }
      const before = await whatRuns();
      await secondsUntilPriced(recipe.priceCents - dearerCents, 1, 0);

      snapshot.report('attaching another recipe book');
      const attachedAt = performance.now();
      const attaching = await shelf.attach(book);
      const secondsToAttach = await secondsUntilPriced(recipe.priceCents, 1, attachedAt);
      const after = await whatRuns();

      // A kitchen that goes on with its own book was attached to no other: what it would have taken is not known.
      if (secondsToAttach === undefined) {
        return { attached: false, edited: false, accepted: baked };
      }

      snapshot.report('editing one recipe');
      const editedAt = performance.now();
      const editing = await shelf.edit(dearer(recipe));
      const secondsToEdit = await secondsUntilPriced(dearer(recipe).priceCents, ovens, editedAt);
      return {
        linesToAttach: attaching.lines,
        deploysToAttach: attaching.deploys,
        sameAsset: before === after,
        attached: true,
        edited: secondsToEdit !== undefined,
        accepted: baked,
        secondsToAttach,
        ...(secondsToEdit !== undefined && {
          deploysToEdit: editing.deploys,
          linesToEdit: editing.lines,
          secondsToEdit,
        }),
      };
    } finally {
      try {
        await shelf.putBack();
      } finally {
        await copy.close();
        lambda.destroy();
      }
    }
  },
});

/** Where the recipes of a snapshot are: in the parameter that its stack names among its outputs, and else in its source. */
async function shelfOf(snapshot: SnapshotUnderTest, copy: WorkingCopy): Promise<Shelf> {
  if (snapshot.outputs()['RecipeBookParameter']) {
    return await parameterShelf(snapshot);
  }
  const roots = rootsOf(snapshotNumbered(snapshot.number)).map(({ file }) => file);
  const { files } = await reachableFrom(roots, snapshot.repository);
  return sourceShelf(snapshot, copy, files);
}

const dearer = (recipe: Recipe): Recipe => ({ ...recipe, priceCents: recipe.priceCents + dearerCents });
