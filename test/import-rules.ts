/** Who may import what: the first rule whose `from` matches a file holds for it. */
export interface ImportRule {
  /** Files, as a pattern on their path from the root of the project. */
  readonly from: RegExp;
  /** Project files they may import, beside their own folder where `own` says so. */
  readonly files: readonly RegExp[];
  /** Packages they may import, beside Node's own modules where `node` says so. */
  readonly packages: 'any' | readonly RegExp[];
  /** Whether they may import from the folder they are in, and below it. */
  readonly own?: boolean;
  readonly node?: boolean;
}

const LIBRARIES = 'any';
const NO_PACKAGE: readonly RegExp[] = [];

export const importRules: readonly ImportRule[] = [
  // Tests and their fixtures may look everywhere.
  { from: /\.test\.ts$|^test\/|\/test-[^/]+\.ts$/, files: [/./], packages: LIBRARIES, node: true },

  // functions/: the domain is pure, adapters and runtime know AWS, and a handler, a server or a process wires.
  { from: /^functions\/[^/]+\/contract\.ts$/, files: [], packages: NO_PACKAGE },
  { from: /^functions\/domain\//, files: [], packages: NO_PACKAGE, own: true },
  {
    from: /^functions\/(adapters|runtime)\//,
    files: [/^functions\/domain\//, /\/contract\.ts$/],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  {
    from: /^functions\/[^/]+\/(handler|main|server|wiring)\.ts$/,
    files: [/^functions\//],
    packages: LIBRARIES,
    node: true,
  },
  {
    from: /^functions\/[^/]+\/schema\.ts$/,
    files: [/^functions\/domain\//, /^functions\/runtime\/accept\.ts$/],
    packages: [/^zod/],
    own: true,
  },
  {
    from: /^functions\/[^/]+\/routes\.ts$/,
    files: [/^functions\/domain\//, /^functions\/runtime\/http-message\.ts$/],
    packages: NO_PACKAGE,
    own: true,
  },
  { from: /^functions\//, files: [/^functions\/domain\//], packages: NO_PACKAGE, own: true },

  // infra/: constructs share names with functions, never code.
  {
    from: /^infra\/constructs\//,
    files: [/\/contract\.ts$/],
    packages: [/^aws-cdk-lib/, /^constructs$/],
    own: true,
    node: true,
  },
  {
    from: /^infra\/factors\//,
    files: [/^infra\/constructs\//],
    packages: [/^aws-cdk-lib/, /^constructs$/],
    own: true,
    node: true,
  },
  {
    from: /^infra\/[^/]+\.ts$/,
    files: [/^infra\/(factors\/|[^/]+\.ts$)/, /^workshop\/endpoint\/aws-hosts\.ts$/],
    packages: [/^aws-cdk-lib/, /^constructs$/, /^@smithy\/core\/config$/],
    node: true,
  },

  // emulator/: services know the wire and themselves; only its face and what stands beside it know the services.
  { from: /^emulator\/wire\//, files: [], packages: LIBRARIES, own: true, node: true },
  {
    from: /^emulator\/services\/cloudformation\/providers\//,
    files: [/^emulator\/wire\//, /^emulator\/services\/cloudformation\//],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  { from: /^emulator\/services\//, files: [/^emulator\/wire\//], packages: LIBRARIES, own: true, node: true },
  {
    from: /^emulator\/[^/]+\.ts$/,
    files: [/^emulator\/[^/]+\.ts$/, /^emulator\/services\//, /^emulator\/wire\//],
    packages: LIBRARIES,
    node: true,
  },

  // workshop/: snapshots wire what functions/ and the smells offer; experiments look at them from outside.
  { from: /^workshop\/snapshots\.ts$/, files: [], packages: NO_PACKAGE, node: true },
  { from: /^workshop\/endpoint\//, files: [], packages: NO_PACKAGE, own: true, node: true },
  { from: /^workshop\/smells\//, files: [/^functions\//], packages: LIBRARIES, own: true, node: true },
  {
    from: /^workshop\/servers\//,
    files: [/^functions\//, /^workshop\/(smells|endpoint)\//],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/proof\//,
    files: [/^functions\/domain\//, /^workshop\/(snapshots\.ts$|endpoint\/)/],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/compare\//,
    files: [/^functions\/domain\//, /^workshop\/(servers|proof|compare|endpoint)\//],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/ledger\//,
    files: [/^workshop\/(ledger\/|snapshots\.ts$|compare\/scenarios\.ts$|proof\/desk\.ts$)/],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  { from: /^scripts\/ledger\.ts$/, files: [/^scripts\//, /^workshop\/ledger\//], packages: LIBRARIES, node: true },
  {
    from: /^workshop\/\d\d-[^/]+\/((dev|prod)\/|(ordering|metrics|baking|analytics)\.ts$)/,
    files: [/^functions\//, /^workshop\/smells\//],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/05-build-release-run\//,
    // The pipeline is what this snapshot brought: its experiment works with it, as the commands do.
    files: [
      /^functions\//,
      /^workshop\/(smells|proof|endpoint)\//,
      /^workshop\/snapshots\.ts$/,
      /^scripts\/((bundle|pipeline)\/|prove\/assembly\.ts$|command-line\.ts$)/,
    ],
    packages: LIBRARIES,
    own: true,
    node: true,
  },
  {
    from: /^workshop\/\d\d-[^/]+\//,
    files: [/^functions\//, /^workshop\/(smells|servers|proof|endpoint)\//, /^workshop\/snapshots\.ts$/],
    packages: LIBRARIES,
    own: true,
    node: true,
  },

  // scripts/: the emulator by its face, the rest by what it shows.
  {
    from: /^scripts\//,
    files: [
      /^scripts\//,
      /^emulator\/index\.ts$/,
      /^functions\/([^/]+\/handler|runtime\/runtime-profile)\.ts$/,
      /^workshop\/(snapshots\.ts$|(proof|servers|compare|endpoint)\/|\d\d-[^/]+\/experiment\.ts$)/,
    ],
    packages: LIBRARIES,
    own: true,
    node: true,
  },

  { from: /^vitest\.config\.ts$/, files: [], packages: [/^vitest/], node: true },
];
