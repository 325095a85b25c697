import type * as dynamodb from '@aws-sdk/client-dynamodb';
import type { Tag } from '@aws-sdk/client-dynamodb';
import type { Handlers } from '../../../wire/operation.ts';
import { listTags, maxTags, tagEntries, withoutTags, withTags } from '../../../wire/tags.ts';
import { resourceNotFound, validationException } from '../errors.ts';
import { tableNameOf } from '../table-name.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';

export const tagOperations = (tables: Tables) =>
  ({
    TagResource: ({ ResourceArn, Tags = [] }) => {
      if (Tags.length === 0) {
        throw validationException('Atleast one Tag needs to be provided as Input.');
      }
      addTags(taggedTable(tables, ResourceArn), Tags);
      return {};
    },
    UntagResource: ({ ResourceArn, TagKeys }) => {
      const table = taggedTable(tables, ResourceArn);
      table.tags = withoutTags(table.tags, TagKeys);
      return {};
    },
    ListTagsOfResource: ({ ResourceArn }) => ({
      Tags: listTags(taggedTable(tables, ResourceArn).tags),
    }),
  }) satisfies Handlers<typeof dynamodb>;

/** @throws ValidationException */
export function addTags(table: Table, added: readonly Tag[]): void {
  const tooMany = () => validationException(`Too many tags: a table has ${maxTags} tags at the most.`);
  table.tags = withTags(table.tags, tagEntries(added), tooMany);
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
