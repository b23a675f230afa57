import type { History } from './history.ts';
import type { VolumeSetting } from './setting.ts';

export const drainedVolume: VolumeSetting = {
  type: 'gp2',
  sizeGiB: 100,
  consents: true,
  latencyCritical: false,
  inStack: false,
  demand: 0.9,
  target: null,
  hindrance: null,
};

/** A rescue that goes well, as a history. */
export const rescue: History = {
  setting: {
    seed: 3,
    props: 'act',
    volumes: [drainedVolume],
    balanceAfterReturn: 'zero',
    balanceWithoutBurst: 'absent',
    profiled: false,
    headStart: 14,
    loadEnds: null,
    feedEnds: null,
    givenUp: 0,
    optimizing: 5,
    describeLag: 0,
    indexLag: 0,
    callLatency: 0,
    schedulesLost: 0,
    longCalm: false,
  },
  steps: [{ kind: 'live', minutes: 21 }],
};
