/**
 * What `import … from 'ebs-burst-responder'` gives. The one file that only passes on: `exports` in package.json takes one
 * file, and whatever it leaves out may change without a word to anybody.
 */
// biome-ignore lint/performance/noBarrelFile: a package has one entry
export { EbsBurstResponder } from './ebs-burst-responder.ts';
export { EbsBurstStack, type EbsBurstStackProps } from './ebs-burst-stack.ts';
export type {
  ActProps,
  BlastRadiusProps,
  EbsBurstResponderProps,
  SlackBot,
  SlackWebhook,
} from './responder-props.ts';
