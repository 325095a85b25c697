import { structuredPatch } from 'diff';
import { stringify } from 'yaml';
import type { TemplateChange } from './template-changes.ts';

/** Lines that stay the same and are shown around those that change. */
const context = 3;

export type Hunks = ReturnType<typeof structuredPatch>['hunks'];

/** What leads from one text to another, line by line. */
export const hunksBetween = (before: string, after: string): Hunks =>
  structuredPatch('', '', before, after, undefined, undefined, { context }).hunks;

/** What leads from an entry of a template to the same entry of another, as a person would write both. */
export const hunksOfEntry = ({ before, after }: TemplateChange): Hunks => hunksBetween(yamlOf(before), yamlOf(after));

/** How an entry of a template is called: `Resources.Orders (AWS::DynamoDB::Table)`. */
export const nameOfEntry = ({ section, id, type }: TemplateChange): string =>
  `${section}${id ? `.${id}` : ''}${type ? ` (${type})` : ''}`;

const yamlOf = (value: unknown): string => (value === undefined ? '' : stringify(value, { lineWidth: 110 }));
