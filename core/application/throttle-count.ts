import type { VolumeModifier } from './ports.ts';

/**
 * A single refusal only says that somebody took that moment's token, and where AWS lets some requests pass the storm must
 * go on; three in one run say that it throttles us.
 */
export const mostThrottles = 3;

/** Counts what AWS throttled where its answer arrives, so that it counts although recording it failed. */
export function countingThrottles(modifier: VolumeModifier): {
  readonly modifier: VolumeModifier;
  readonly throttles: () => number;
} {
  let throttles = 0;
  return {
    modifier: {
      readSwitch: () => modifier.readSwitch(),
      modify: async (...asked) => {
        const answer = await modifier.modify(...asked);
        if (answer.kind === 'refused' && answer.refusal.code === 'aws-throttled') throttles += 1;
        return answer;
      },
      markState: (...asked) => modifier.markState(...asked),
      clearState: (volumeId) => modifier.clearState(volumeId),
    },
    throttles: () => throttles,
  };
}
