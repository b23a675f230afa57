import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

interface Candidate {
  readonly what: string;
  /** What NodejsFunction is told instead, or the way that it cannot be told. */
  readonly bundling: BundlingOptions | 'pruned-schemas';
}

/** Ways to bundle that are weighed against the one that is shipped, which is the first. */
export const candidates: readonly Candidate[] = [
  { what: 'as shipped', bundling: {} },
  { what: 'names not kept', bundling: { keepNames: false } },
  { what: 'CommonJS', bundling: { format: OutputFormat.CJS, banner: '' } },
  { what: 'not minified', bundling: { minify: false } },
  { what: 'with the SDK’s search for credentials', bundling: { esbuildArgs: {} } },
  { what: 'CDK’s own main fields (main, module)', bundling: { mainFields: ['main', 'module'] } },
  {
    what: 'CDK’s own settings, SDK bundled',
    bundling: {
      format: OutputFormat.CJS,
      banner: '',
      minify: false,
      keepNames: false,
      mainFields: ['main', 'module'],
      esbuildArgs: {},
    },
  },
  { what: 'the SDK’s schemas pruned (needs an esbuild plugin)', bundling: 'pruned-schemas' },
];
