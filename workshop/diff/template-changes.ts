/** A CloudFormation template, parsed. */
export type ParsedTemplate = Readonly<Record<string, unknown>>;

/** One entry of a template that is not the same on both sides. */
export interface TemplateChange {
  /** `Resources`, `Outputs`, `Parameters`, ... */
  readonly section: string;
  /** The entry's logical id. */
  readonly id: string;
  /** The type of a resource. */
  readonly type?: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Missing where it was added. */
  readonly before?: unknown;
  /** Missing where it was removed. */
  readonly after?: unknown;
}

/** What the CDK adds to every template for its own ends. */
const ofTheCdk: ReadonlySet<string> = new Set([
  'Rules.CheckBootstrapVersion',
  'Parameters.BootstrapVersion',
  'Conditions.CDKMetadataAvailable',
  'Resources.CDKMetadata',
]);

const replacements: readonly (readonly [RegExp, string])[] = [
  // The hash of a function's code and settings, in the logical id of its version.
  [/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1'],
  // The hash of an asset's content.
  [/\b[0-9a-f]{64}\b/g, '<asset>'],
  [/\bFactor\d\d\b/g, 'FactorNN'],
];

/**
 * A template without what differs between any two synthesised stages: hashes of assets, ids of versions, the name of the
 * release, the name of the stage, and the CDK's own metadata. What is left differs because it was meant to.
 */
export function normalTemplate(template: ParsedTemplate): ParsedTemplate {
  const sections = Object.entries(template).map(([section, entries]) => {
    if (!isObject(entries)) {
      return [section, normal(entries)] as const;
    }
    const kept = Object.entries(entries).filter(([id]) => !ofTheCdk.has(`${section}.${id}`));
    return [section, normal(Object.fromEntries(kept))] as const;
  });
  return Object.fromEntries(sections.filter(([, entries]) => !isObject(entries) || Object.keys(entries).length > 0));
}

/** What is not the same in two templates, once each is normalised: in the order of the template after. */
export function templateChanges(before: ParsedTemplate, after: ParsedTemplate): TemplateChange[] {
  const [was, is] = [normalTemplate(before), normalTemplate(after)];
  const sections = new Set([...Object.keys(is), ...Object.keys(was)]);
  return [...sections].flatMap((section) => {
    const [entriesBefore, entriesAfter] = [entriesOf(was[section]), entriesOf(is[section])];
    const ids = new Set([...Object.keys(entriesAfter), ...Object.keys(entriesBefore)]);
    return [...ids].flatMap((id) => changeOf(section, id, entriesBefore[id], entriesAfter[id]));
  });
}

function changeOf(section: string, id: string, before: unknown, after: unknown): TemplateChange[] {
  if (canonical(before) === canonical(after)) {
    return [];
  }
  const type = typeOf(after ?? before);
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [
    {
      ...{ section, id, kind },
      ...(type !== undefined && { type }),
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
}

/** A section that is one text, such as the description, is an entry of itself. */
const entriesOf = (section: unknown): Readonly<Record<string, unknown>> =>
  section === undefined ? {} : isObject(section) ? section : { '': section };

function typeOf(entry: unknown): string | undefined {
  const type = isObject(entry) ? entry['Type'] : undefined;
  return typeof type === 'string' ? type : undefined;
}

function normal(value: unknown): unknown {
  if (typeof value === 'string') {
    return normalText(value);
  }
  if (Array.isArray(value)) {
    return value.map(normal);
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Metadata') {
      return [];
    }
    // The name of a release is a hash of its code.
    if (key === 'RELEASE') {
      return [[key, '<release>'] as const];
    }
    return [[normalText(key), normal(inner)] as const];
  });
  return Object.fromEntries(entries);
}

const normalText = (text: string): string =>
  replacements.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text);

/** The same text for the same content, whatever the order of its keys. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
    ) ?? ''
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
