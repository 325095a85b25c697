import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type { Tag } from '@aws-sdk/client-dynamodb';
import type { Handlers } from '../../../wire/operation.ts';
import { resourceNotFound, validationException } from '../errors.ts';
import type { Table } from './table.ts';
import { type Tables, tableNameOf } from './tables.ts';

/** A table has 50 tags at the most. */
const maxTags = 50;

export const tagOperations = (tables: Tables) =>
  ({
    TagResource: ({ ResourceArn, Tags = [] }) => {
      if (Tags.length === 0) {
        throw validationException('Atleast one Tag needs to be provided as Input.');
      }
      addTags(taggedTable(tables, ResourceArn), Tags);
      return {};
    },
    UntagResource: ({ ResourceArn, TagKeys = [] }) => {
      const { tags } = taggedTable(tables, ResourceArn);
      for (const key of TagKeys) {
        tags.delete(key);
      }
      return {};
    },
    ListTagsOfResource: ({ ResourceArn }) => ({
      Tags: [...taggedTable(tables, ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
    }),
  }) satisfies Handlers<typeof dynamodb>;

/** @throws ValidationException */
export function addTags({ tags }: Table, added: readonly Tag[]): void {
  const after = new Map([...tags, ...added.map(({ Key = '', Value = '' }) => [Key, Value] as const)]);
  if (after.size > maxTags) {
    throw validationException(`Too many tags: a table has ${maxTags} tags at the most.`);
  }
  for (const [key, value] of after) {
    tags.set(key, value);
  }
}

function taggedTable(tables: Tables, arn = ''): Table {
  if (tableNameOf(arn) === arn) {
    throw validationException(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  }
  const table = tables.find(arn);
  if (!table) {
    throw resourceNotFound(`Requested resource not found: ResourcArn: ${arn} not found`);
  }
  return table;
}
