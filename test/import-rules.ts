/** Who may import what: the first rule whose `from` matches a file holds for it. */
export interface ImportRule {
  /** Files, as a pattern on their path from the root of the project. */
  readonly from: RegExp;
  /** Project files they may import, beside their own folder where `own` says so. */
  readonly files: readonly RegExp[];
  /** Packages of this repository that they may import. */
  readonly workspaces?: readonly RegExp[];
  /** Packages they may import, beside Node's own modules where `node` says so. */
  readonly packages: 'any' | readonly RegExp[];
  /** Whether they may import from the folder they are in, and below it. */
  readonly own?: boolean;
  readonly node?: boolean;
}

const libraries = 'any';
// Node reads each export of a CommonJS module that an ES module imports: of aws-cdk-lib by its bare name, the modules of all services.
const cdk = [/^aws-cdk-lib\//, /^constructs$/];
/** The package by which others know the emulator. */
const emulator = /^embedded-aws$/;
const noPackage: readonly RegExp[] = [];

export const importRules: readonly ImportRule[] = [
  // Tests and their fixtures may look everywhere.
  { from: /\.(test|fixture)\.ts$|^test\//, files: [/./], workspaces: [/./], packages: libraries, node: true },

  // functions/: the domain is pure, adapters and runtime know AWS, and a handler, a server or a process wires.
  { from: /^functions\/[^/]+\/contract\.ts$/, files: [], packages: noPackage },
  { from: /^functions\/domain\//, files: [], packages: noPackage, own: true },
  {
    from: /^functions\/(adapters|runtime)\//,
    files: [/^functions\/domain\//, /\/contract\.ts$/],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^functions\/[^/]+\/(handler|main|server|wiring)\.ts$/,
    files: [/^functions\//],
    packages: libraries,
    node: true,
  },
  {
    from: /^functions\/[^/]+\/([a-z]+-)?schema\.ts$/,
    files: [/^functions\/domain\//, /^functions\/runtime\/(accept|schemas)\.ts$/],
    packages: [/^zod/],
    own: true,
  },
  {
    from: /^functions\/[^/]+\/([a-z]+-)?routes\.ts$/,
    files: [/^functions\/domain\//, /^functions\/runtime\/http-message\.ts$/],
    packages: noPackage,
    own: true,
  },
  { from: /^functions\//, files: [/^functions\/domain\//], packages: noPackage, own: true },

  // infra/: constructs share names with functions, never code; the app deploys the finished factory and the snapshots.
  {
    from: /^infra\/constructs\//,
    files: [/\/contract\.ts$/],
    packages: cdk,
    own: true,
    node: true,
  },
  { from: /^infra\/cookie-factory\.ts$/, files: [/^infra\/constructs\//], packages: cdk, node: true },
  {
    from: /^infra\/[^/]+\.ts$/,
    files: [
      /^infra\/([^/]+|constructs\/factory-props)\.ts$/,
      /^workshop\/\d\d-[^/]+\/stack\.ts$/,
      /^client\/endpoint\/aws-hosts\.ts$/,
    ],
    packages: [...cdk, /^@smithy\/core\/config$/],
    node: true,
  },
  {
    from: /^workshop\/\d\d-[^/]+\/stack\.ts$/,
    files: [/^infra\/constructs\//, /^workshop\/smells\/infra\//],
    packages: cdk,
    node: true,
  },

  // emulator/: services know the wire and themselves; only its face and what stands beside it know the services.
  { from: /^emulator\/wire\//, files: [/^emulator\/wire\//], packages: libraries, own: true, node: true },
  {
    from: /^emulator\/services\/cloudformation\/providers\//,
    files: [/^emulator\/wire\//, /^emulator\/services\/cloudformation\//],
    packages: libraries,
    own: true,
    node: true,
  },
  { from: /^emulator\/services\//, files: [/^emulator\/wire\//], packages: libraries, own: true, node: true },
  {
    from: /^emulator\/[^/]+\.ts$/,
    files: [/^emulator\/[^/]+\.ts$/, /^emulator\/services\//, /^emulator\/wire\//],
    packages: libraries,
    node: true,
  },

  // terminal/: what a person sees and types. client/: how an endpoint is reached, and the factory that is deployed there.
  { from: /^terminal\//, files: [], packages: libraries, own: true, node: true },
  {
    from: /^client\/endpoint\//,
    files: [/^terminal\//],
    workspaces: [emulator],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^client\/(cdk|cloudformation|browser)\//,
    files: [/^(terminal|client\/endpoint)\//],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^client\/(factory|doctor)\//,
    files: [
      /^(terminal|client\/(endpoint|cdk|cloudformation))\//,
      /^functions\/(domain\/.+|runtime\/(runtime-profile|process-context)|adapters\/(contract|recipe-document))\.ts$/,
    ],
    packages: libraries,
    own: true,
    node: true,
  },

  // pipeline/: builds, releases and runs whatever stage it is asked to.
  {
    from: /^pipeline\//,
    files: [/^(terminal|client)\//, /^functions\/runtime\/http-event\.ts$/],
    packages: libraries,
    own: true,
    node: true,
  },

  // workshop/: snapshots wire what functions/ and the smells offer; experiments look at them from outside.
  { from: /^workshop\/snapshots\.ts$/, files: [], packages: noPackage, node: true },
  { from: /^workshop\/(report|snippets)\//, files: [/^terminal\//], packages: libraries, own: true, node: true },
  {
    from: /^workshop\/diff\//,
    files: [/^terminal\//, /^workshop\/snapshots\.ts$/],
    packages: libraries,
    own: true,
    node: true,
  },
  // Smells of the infrastructure are a folder of their own: what a function is bundled from never meets the CDK.
  {
    from: /^workshop\/smells\/infra\//,
    files: [/^infra\/constructs\//, /\/contract\.ts$/],
    packages: cdk,
    own: true,
  },
  { from: /^workshop\/smells\/[^/]+$/, files: [/^functions\//], packages: libraries, own: true, node: true },
  {
    from: /^workshop\/servers\//,
    files: [/^functions\//, /^(client|terminal)\//, /^workshop\/smells\/[^/]+$/],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/experiment\//,
    files: [/^functions\/domain\//, /^(client|terminal)\//, /^workshop\/snapshots\.ts$/],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/ledger\//,
    files: [
      /^terminal\/program\.ts$/,
      /^workshop\/(ledger\/|snapshots\.ts$|compare\/scenarios\.ts$|experiment\/working-copy\.ts$)/,
    ],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/\d\d-[^/]+\/((dev|prod)\/|(ordering|metrics|baking|analytics)\.ts$)/,
    files: [/^functions\//, /^workshop\/smells\/[^/]+$/],
    packages: libraries,
    own: true,
    node: true,
  },
  // An exercise: what an attendee's folder may hold, and what is said of it.
  {
    from: /^workshop\/\d\d-[^/]+\/(exercise|further)\/(start|solution|mistakes)\//,
    files: [
      /^(functions|infra\/constructs|pipeline|client|terminal)\//,
      /^workshop\/smells\//,
      /^workshop\/\d\d-[^/]+\/(exercise|further)\/(start|solution|mistakes)\//,
      /^workshop\/\d\d-[^/]+\/[a-z-]+\.ts$/,
    ],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/\d\d-[^/]+\/(exercise\/exercise|quiz)\.ts$/,
    files: [/^workshop\/guide\/(exercise|quiz)\.ts$/],
    packages: noPackage,
  },
  // What goes a step further is looked at with the instruments of its lesson.
  {
    from: /^workshop\/\d\d-[^/]+\/further\//,
    files: [
      /^functions\//,
      /^(client|terminal|pipeline)\//,
      /^workshop\/(smells|servers|experiment|diff)\//,
      /^workshop\/\d\d-[^/]+\/[a-z-]+\.ts$/,
      /^workshop\/snapshots\.ts$/,
    ],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/\d\d-[^/]+\//,
    files: [
      /^functions\//,
      /^(client|terminal|pipeline)\//,
      /^workshop\/(smells|servers|experiment|diff)\//,
      /^workshop\/snapshots\.ts$/,
    ],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/proof\//,
    files: [/^(client|terminal|pipeline)\//, /^workshop\/(snapshots\.ts$|(experiment|proof|report|diff)\/)/],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/compare\//,
    files: [
      /^functions\/domain\//,
      /^(client|terminal)\//,
      /^workshop\/(servers|experiment|proof|report)\//,
      /^workshop\/compare\//,
    ],
    packages: libraries,
    own: true,
    node: true,
  },
  { from: /^workshop\/room\/board\//, files: [], packages: noPackage },
  {
    from: /^workshop\/room\//,
    files: [/^(client\/endpoint|terminal)\//, /^workshop\/snapshots\.ts$/],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/guide\//,
    files: [/^(client|terminal|pipeline)\//, /^workshop\/(snapshots\.ts$|(experiment|proof|diff|room)\/)/],
    packages: libraries,
    own: true,
    node: true,
  },
  // The page of the floor runs in a browser: it knows its own files and what both sides say to each other.
  { from: /^workshop\/floor\/page\//, files: [/^workshop\/floor\/(page\/|protocol\.ts$)/], packages: [/^preact/] },
  // The lessons are pages of the floor's server: it mounts them, and they use what it has for any page.
  {
    from: /^workshop\/pages\/page\//,
    files: [/^workshop\/(pages\/(page\/|protocol\.ts$)|floor\/page\/live-page\.ts$)/],
    packages: [/^preact/],
  },
  { from: /^workshop\/pages\/protocol\.ts$/, files: [], packages: noPackage },
  {
    from: /^workshop\/pages\//,
    files: [/^terminal\//, /^workshop\/(snapshots\.ts$|floor\/server\/|(proof|diff|guide|report|pages)\/)/],
    packages: libraries,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/floor\//,
    files: [
      /^(client|terminal|pipeline)\//,
      /^workshop\/(snapshots\.ts$|pages\/lesson-pages\.ts$|(servers|experiment|proof|compare|floor)\/)/,
    ],
    workspaces: [emulator],
    packages: libraries,
    own: true,
    node: true,
  },

  // scripts/: commands, which parse, call and print; and what stands for the two of the CDK CLI's that make an assembly.
  { from: /^scripts\/assemble\.ts$/, files: [/^infra\/(app|stages)\.ts$/], packages: [], own: true },
  {
    from: /^scripts\//,
    files: [
      /^(terminal|client|pipeline)\//,
      /^workshop\/(snapshots\.ts$|(experiment|proof|compare|diff|guide|room|snippets|ledger|floor)\/)/,
    ],
    packages: libraries,
    own: true,
    node: true,
  },

  { from: /^vitest\.config\.ts$/, files: [], packages: [/^vitest/], node: true },
];
