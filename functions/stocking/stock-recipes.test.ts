import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { chocolateChip, JournalInMemory, RecipesInMemory, sabayon } from '../domain/test-kitchen.ts';
import { readRecipes } from './schema.ts';
import { type Librarian, type StockingAnswer, stockRecipes } from './stock-recipes.ts';

/** Recipes as CloudFormation hands them over: with every number as a string. */
const asProperties = (...recipes: readonly object[]) => ({
  ServiceToken: 'arn:aws:lambda:eu-west-1:000000000000:function:stocking',
  recipes: JSON.parse(JSON.stringify(recipes), (_, value) => (typeof value === 'number' ? String(value) : value)),
});

const request = {
  RequestType: 'Create',
  ResponseURL: 'https://answers.example/secret-signature',
  StackId: 'arn:aws:cloudformation:eu-west-1:000000000000:stack/Prod/1',
  RequestId: '42',
  ResourceType: 'Custom::HouseRecipes',
  LogicalResourceId: 'HouseRecipes',
  ResourceProperties: asProperties(chocolateChip, sabayon),
};

let recipeBook: RecipesInMemory;
let journal: JournalInMemory;
let answers: StockingAnswer[];
let librarian: Librarian;

beforeEach(() => {
  recipeBook = new RecipesInMemory();
  journal = new JournalInMemory();
  answers = [];
  librarian = {
    recipeBook,
    journal,
    answer: (url, answer) => {
      expect(url).toBe(request.ResponseURL);
      answers.push(answer);
      return Promise.resolve();
    },
  };
});

const titles = async () => [...(await recipeBook.recipes()).keys()];

test('a new stack gets its recipes, their numbers as numbers again', async () => {
  await stockRecipes(request, librarian);
  expect([...(await recipeBook.recipes()).values()]).toEqual([chocolateChip, sabayon]);
  expect(answers).toEqual([
    {
      Status: 'SUCCESS',
      PhysicalResourceId: 'recipes-HouseRecipes',
      StackId: request.StackId,
      RequestId: '42',
      LogicalResourceId: 'HouseRecipes',
      Data: { Recipes: '2' },
    },
  ]);
});

test('an update writes what is new and strikes out what is gone, and nothing that was added by hand', async () => {
  await stockRecipes(request, librarian);
  await recipeBook.write({ ...sabayon, name: 'by-hand' });
  await stockRecipes(
    {
      ...request,
      RequestType: 'Update',
      PhysicalResourceId: 'recipes-HouseRecipes',
      ResourceProperties: asProperties({ ...chocolateChip, priceCents: 175 }),
      OldResourceProperties: request.ResourceProperties,
    },
    librarian,
  );
  expect(await titles()).toEqual(['chocolate-chip', 'by-hand']);
  expect((await recipeBook.recipes()).get('chocolate-chip')?.priceCents).toBe(175);
  expect(journal.events.at(-1)).toEqual({
    event: 'RecipesStocked',
    written: ['chocolate-chip'],
    struckOut: ['sabayon'],
  });
});

test('a deletion leaves the book alone and keeps its name', async () => {
  await stockRecipes(request, librarian);
  await stockRecipes({ ...request, RequestType: 'Delete', PhysicalResourceId: 'as-it-was' }, librarian);
  expect(await titles()).toEqual(['chocolate-chip', 'sabayon']);
  expect(answers.at(-1)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'as-it-was' });
});

test.each([
  ['no recipes', {}, 'recipes'],
  ['a price of nothing', asProperties({ ...sabayon, priceCents: 0 }), 'recipes.0.priceCents'],
  ['half a cent', asProperties({ ...sabayon, priceCents: 0.5 }), 'recipes.0.priceCents'],
  ['a price in words', asProperties({ ...sabayon, priceCents: 'cheap' }), 'recipes.0.priceCents'],
  ['a name that is none', asProperties({ ...sabayon, name: 'Sabayon!' }), 'recipes.0.name'],
  ['no ingredients', asProperties({ ...sabayon, ingredients: {} }), 'recipes.0.ingredients'],
  ['nothing of an ingredient', asProperties({ ...sabayon, ingredients: { air: 0 } }), 'recipes.0.ingredients.air'],
  ['a member nobody knows', asProperties({ ...sabayon, colour: 'gold' }), 'recipes.0'],
  ['two of a name', asProperties(sabayon, sabayon), 'recipes: must have different names'],
])('%s: fails, says where, and writes nothing', async (_, ResourceProperties, where) => {
  await stockRecipes({ ...request, ResourceProperties }, librarian);
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining(`InvalidRecipes: ${where}`) }]);
  expect(await titles()).toEqual([]);
});

test('a rollback works also when the recipes it rolls back could not be read', async () => {
  await stockRecipes(
    { ...request, RequestType: 'Update', OldResourceProperties: { recipes: 'none of your business' } },
    librarian,
  );
  expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
});

test('a book that cannot be written is a failure, told to CloudFormation and to the log', async () => {
  recipeBook.write = () => Promise.reject(new Error(`the table is ${'very '.repeat(2_000)}busy`));
  await stockRecipes(request, librarian);
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(/^Error: the table is very/) }]);
  expect(JSON.stringify(answers[0]).length).toBeLessThan(4_096);
  expect(journal.names()).toEqual(['StockingFailed']);
});

test('an event that nobody can be answered about is an error', async () => {
  await expect(stockRecipes({ RequestType: 'Create' }, librarian)).rejects.toThrow();
  expect(answers).toEqual([]);
});

test('the house recipes are recipes, at least eight of them', () => {
  const recipes = JSON.parse(readFileSync(join(import.meta.dirname, 'house-recipes.json'), 'utf8'));
  expect(readRecipes({ recipes }).length).toBeGreaterThanOrEqual(8);
});
