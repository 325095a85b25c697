import { expect, test } from 'vitest';
import { pager } from './page.ts';

const members = {
  limit: 'Max',
  token: 'From',
  next: 'Next',
  usual: 2,
  most: 3,
  badLimit: (limit: number) => new Error(`limit ${limit}`),
  badToken: (token: string) => new Error(`token ${token}`),
} as const;
const pageOf = pager(members);
const pageOfSorted = pager({ ...members, sorted: true });
const itself = (item: string): string => item;

test.each([
  { listing: '', limit: undefined, pages: [''] },
  { listing: 'ab', limit: undefined, pages: ['ab'] },
  { listing: 'abc', limit: undefined, pages: ['ab', 'c'] },
  { listing: 'abcd', limit: 1, pages: ['a', 'b', 'c', 'd'] },
  { listing: 'cadb', limit: 3, pages: ['cad', 'b'] },
])('"$listing" by $limit has the pages $pages', ({ listing, limit, pages }) => {
  const seen: string[] = [];
  let From: string | undefined;
  do {
    const { items, Next } = pageOf([...listing], itself, { Max: limit, From });
    seen.push(items.join(''));
    From = Next;
  } while (From);
  expect(seen).toEqual(pages);
});

test.each([
  { where: 'others came', listing: 'a0bc1d', expected: 'c1' },
  { where: 'an item before it went', listing: 'bcd', expected: 'cd' },
  { where: 'all after it went', listing: 'ab', expected: '' },
])('the page after b goes on with "$expected" where $where', ({ listing, expected }) => {
  const { Next } = pageOf([...'abcd'], itself, {});
  expect(pageOf([...listing], itself, { From: Next }).items.join('')).toBe(expected);
});

test.each([
  { where: 'it went', listing: 'acd', expected: 'cd' },
  { where: 'all up to it went', listing: 'cd', expected: 'cd' },
  { where: 'all went', listing: '', expected: '' },
])('the token of b stays good in a sorted listing, and only there, where $where', ({ listing, expected }) => {
  const { Next } = pageOf([...'abcd'], itself, {});
  expect(pageOfSorted([...listing], itself, { From: Next }).items.join('')).toBe(expected);
  expect(() => pageOf([...listing], itself, { From: Next })).toThrow(`token ${Next}`);
});

test.each([
  { request: { Max: 0 }, error: 'limit 0' },
  { request: { Max: 4 }, error: 'limit 4' },
  { request: { Max: 1.5 }, error: 'limit 1.5' },
  { request: { From: '' }, error: 'token ' },
  { request: { From: 'x' }, error: 'token x' },
])('$request is refused by the error that the service names', ({ request, error }) => {
  for (const page of [pageOf, pageOfSorted]) {
    expect(() => page(['a'], itself, request)).toThrow(new Error(error));
  }
});
