// Plain JavaScript on purpose: it has to run on the very Node versions it turns away.
// It stands inside each npm script rather than in a pre-hook, because `ignore-scripts` silently skips hooks, and
// that same setting is the usual cause of the missing Node.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    [
      `Need Node >= 22.18 to run TypeScript files as they are, got ${process.versions.node} at ${process.execPath}.`,
      'The optional dependency "node" normally brings Node 24, but it is not installed here. Either',
      '  - run `npm ci --include=optional --foreground-scripts --ignore-scripts=false` and read why it failed, or',
      '  - put Node 24 (or >= 22.18) on the PATH.',
    ].join('\n'),
  );
  process.exit(1);
}
