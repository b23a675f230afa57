/**
 * Who may import whom. Dependencies point inward only:
 *   core/domain <- core/application <- lambda/adapters <- lambda/handlers <- lib <- bin
 * twin/ stands apart. Each room lists what it may import; everything else is a violation, npm packages included.
 * The parser is swc: under TypeScript 7 the default parser sees no module at all and reports success.
 */
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

/** Whatever `path` imports must be in `allowed`, files and packages alike. */
const room = (name, path, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path },
  to: { pathNot: allowed },
});

/** The same for a room that may also use Node's own modules. */
const roomOnNode = (name, path, allowed, comment) => ({
  ...room(name, path, allowed, comment),
  to: { pathNot: allowed, dependencyTypesNot: ['core'] },
});

module.exports = {
  forbidden: [
    room(
      'domain-is-pure',
      '^core/domain/',
      ['^core/domain/'],
      'Values and decisions import nothing outside core/domain.',
    ),
    room(
      'application-knows-only-core',
      '^core/application/',
      ['^core/'],
      'Use cases reach the world through ports.ts only.',
    ),
    room(
      'events-translate-to-the-domain',
      '^lambda/events/',
      ['^core/domain/', '^lambda/events/', ...npm('valibot', '@types/aws-lambda')],
      'Raw JSON becomes a domain event here; no AWS shape goes further.',
    ),
    room(
      'environments-are-schemas',
      '^lambda/environments/',
      ['^core/', '^lambda/environments/', ...npm('valibot')],
      'lib shares these keys with the handlers, so they must not pull a handler or a client into synthesis.',
    ),
    roomOnNode(
      'adapters-implement-ports',
      '^lambda/adapters/',
      [
        '^core/',
        '^lambda/adapters/',
        ...npm('@aws-sdk', '@smithy', '@slack/types', '@types/aws-lambda', 'valibot'),
      ],
      'Adapters know the ports and the SDK, never who calls them.',
    ),
    {
      name: 'handlers-stay-behind-the-door',
      severity: 'error',
      comment:
        'A handler is deployed: it must not carry infrastructure, the simulated account or a command line.',
      from: { path: ['^lambda/handlers/', '^lambda/wiring/'] },
      to: { path: ['^(lib|bin|twin|cli|scripts|bench)/', ...npm('aws-cdk-lib', 'constructs', 'cdk-nag')] },
    },
    {
      name: 'sdk-stays-in-adapters',
      severity: 'error',
      comment:
        'Adapters speak to AWS; handlers and the lambda/wiring/*-ports.ts they are put together by only construct the clients.',
      from: {
        path: '^(core|lambda|lib|bin)/',
        pathNot: ['^lambda/adapters/', '^lambda/handlers/', '^lambda/wiring/[a-z-]+-ports[.]ts$'],
      },
      to: { path: npm('@aws-sdk', '@smithy') },
    },
    {
      name: 'ec2-only-where-needed',
      severity: 'error',
      comment:
        'The EC2 client is the heaviest to load; these handlers never call it, so nothing they import may.',
      from: { path: '^lambda/handlers/(deliver-notice|sweep|clean-up)[.]ts$' },
      to: { path: npm('@aws-sdk/client-ec2'), reachable: true },
    },
    roomOnNode(
      'infrastructure-shares-only-types',
      '^lib/',
      [
        '^lib/',
        '^core/domain/',
        '^lambda/environments/',
        ...npm('aws-cdk-lib', 'constructs', 'cdk-nag', 'valibot'),
      ],
      'lib names handlers by path for bundling; importing one would run Lambda code at synth.',
    ),
    roomOnNode(
      'entry-points-only-start',
      '^bin/',
      ['^(bin|lib|cli)/', ...npm('aws-cdk-lib', 'cdk-nag')],
      'bin reads arguments and starts lib or cli, nothing else.',
    ),
    roomOnNode(
      'twin-stands-apart',
      '^twin/',
      ['^twin/', ...npm('@aws-sdk', '@smithy', '@types/aws-lambda', 'valibot')],
      'An account written from our own code would share its mistakes; the twin knows AWS shapes and nothing of ours.',
    ),
    {
      name: 'commands-speak-through-ports',
      severity: 'error',
      comment:
        'Commands use the core and the schemas of what people write; cli/demo is the one place that puts twin, handlers and the template together, cli/aws the one that makes clients, and cli/main.ts and the *-process.ts beside it hand both to commands.',
      from: { path: '^cli/', pathNot: ['^cli/(demo|aws)/', '^cli/(main|[a-z-]+-process)[.]ts$'] },
      to: {
        path: [
          '^(lib|twin|cli/demo|cli/aws)/',
          '^lambda/(adapters|events|handlers|wiring)/',
          ...npm('@aws-sdk', 'aws-cdk-lib'),
        ],
      },
    },
    room(
      'cli-makes-clients-in-one-place',
      '^cli/aws/',
      ['^core/', '^lambda/adapters/', '^cli/(aws|commands)/', ...npm('@aws-sdk', '@smithy')],
      'What a person may read of an account: clients for a profile, a Region or a role, behind the ports of the core.',
    ),
    {
      name: 'twin-is-never-shipped',
      severity: 'error',
      comment: 'Only the demo, tests, benchmarks and scripts may run on the simulated account.',
      from: { pathNot: ['^twin/', '^cli/demo/', '^(test|bench|scripts)/'] },
      to: { path: '^twin/' },
    },
    {
      name: 'production-imports-no-test',
      severity: 'error',
      comment: 'Tests, benchmarks and scripts look at production, never the other way round.',
      from: { path: '^(bin|lib|core|lambda|twin|cli)/' },
      to: { path: ['^(test|bench|scripts)/', ...npm('vitest', 'fast-check', '@fast-check/vitest')] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle has no inward direction.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      comment: 'An import that leads nowhere escapes every other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
  },
};
