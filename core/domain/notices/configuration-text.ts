import { describeConfiguration, type Volume } from '../volume.ts';

/** As a person would write it, also for what we cannot modify. */
export function configurationText(configuration: Volume['configuration']): string {
  switch (configuration.type) {
    case 'standard':
      return 'standard (magnetic)';
    case 'unjudgeable':
      return `not described in a way we know (${configuration.got})`;
    default:
      return describeConfiguration(configuration);
  }
}
