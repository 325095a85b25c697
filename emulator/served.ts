import { createRegions } from './regions.ts';
import type { ResourceProvider } from './services/cloudformation/provider.ts';
import { isMessageOperation } from './services/dynamodb/dynamodb.ts';
import { AccessKeys } from './wire/authentication/access-keys.ts';
import type { Service } from './wire/service.ts';

const account = '000000000000';

/** What the endpoint serves, out of its own tables, as the README shows it: operations by service, and resource types. */
export async function servedMarkdown(): Promise<string> {
  const regions = createRegions(account, () => 'http://127.0.0.1', new AccessKeys(account));
  try {
    const services = await regions.services('us-east-1');
    const providers = regions.all().flatMap((region) => region.providers);
    const loaded = await Promise.all([...services.values()].map((one) => (typeof one === 'function' ? one() : one)));
    return `${operationsOf(loaded)}\n\n${typesOf(providers)}`;
  } finally {
    await regions.close();
  }
}

/** Whether a service serves one of the operations of its model. */
export const isServed = ({ handlers, mounted }: Service, operation: string): boolean =>
  handlers[operation] !== undefined || (mounted !== undefined && isMessageOperation(operation));

function operationsOf(services: readonly Service[]): string {
  const rows = services
    .map((service) => {
      const all = [...service.model.operations.keys()];
      const served = all.filter((operation) => isServed(service, operation)).sort();
      return { name: service.model.signingName, served, of: all.length };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  const count = rows.reduce((sum, { served }) => sum + served.length, 0);
  return [
    `### ${count} operations of ${rows.length} services`,
    '',
    'Services go by their signing names. Every other operation of theirs is answered with 501 and its name.',
    '',
    '| service | operations |',
    '|---|---|',
    ...rows.map(({ name, served, of }) => `| \`${name}\` (${served.length} of ${of}) | ${served.join(', ')} |`),
  ].join('\n');
}

function typesOf(providers: readonly ResourceProvider[]): string {
  const sorted = [...providers].sort((a, b) => a.type.localeCompare(b.type));
  return [
    `### ${sorted.length} resource types`,
    '',
    'A change of a property in *italics* replaces the resource, that of another happens in place.',
    'A type or a property that is not in the table fails the stack by its name.',
    '',
    '| type | properties |',
    '|---|---|',
    ...sorted.map(({ type, properties, shortfall, recorded = {} }) => {
      const names = Object.entries(properties).map(([name, change]) => shownProperty(name, change));
      const kept = Object.entries(recorded).map(([name, why]) => `${name} (${why})`);
      const notes = [
        ...(shortfall ? [shortfall] : []),
        ...(kept.length > 0 ? [`Recorded only: ${kept.join(', ')}.`] : []),
      ];
      return `| \`${type}\` | ${[names.join(', '), ...notes].join('<br>')} |`;
    }),
  ].join('\n');
}

function shownProperty(name: string, change: ResourceProvider['properties'][string]): string {
  const shown = name === '*' ? 'any' : name;
  return change === 'replacement' ? `*${shown}*` : shown;
}

const section = /(?<=<!-- served: npm run served writes it -->\n)[\s\S]*(?=<!-- end of what is served -->)/;

/** A README with its section of what is served. */
export function withServed(readme: string, served: string): string {
  if (!section.test(readme)) {
    throw new Error('The README has no section of what is served.');
  }
  return readme.replace(section, () => `\n${served}\n\n`);
}
